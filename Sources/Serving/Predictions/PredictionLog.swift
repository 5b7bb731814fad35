import Basics
import Glibc
import NIOCore
import Synchronization

/// Writes a line of JSON for each prediction, on a thread of its own; requests never wait for it.
package final class PredictionLog: Sendable {
    package struct Options: Sendable, Hashable {
        package var path: String
        /// Of so many predictions one is written.
        package var sampling = 1
        /// Bytes after which a new file is begun.
        package var maxFileSize = 100 << 20
        /// Files that are kept, the newest among them.
        package var maxFiles = 5
        /// Bytes of an input or output beyond which only its checksum is written.
        package var largestValue = 4096

        package init(path: String) {
            self.path = path
        }
    }

    /// Predictions that were written, and those that were not as the disk or the queue was full.
    struct Counts {
        var written = 0
        var dropped = 0
    }

    private struct State {
        var waiting: [PredictionRecord] = []
        /// The bytes that those who wait keep alive.
        var bytes = 0
        var counts = Counts()
        var isEnding = false
    }

    /// What waits to be written may grow to this.
    private static let mostWaiting = 8192
    private static let mostBytes = 64 << 20

    private let options: Options
    private let state = Mutex(State())
    private let thread = Mutex<pthread_t?>(nil)

    /// Opens the file; `onFault` is told, on the log's thread, when it cannot be written and when it can be again.
    package init(_ options: Options, onFault: @escaping @Sendable (String) -> Void) throws {
        self.options = options
        let file = try RotatingFile(options.path, maxSize: options.maxFileSize, maxFiles: options.maxFiles)
        let writer = Writer(file: file, options: options, onFault: onFault)
        let handle = Workers.spawnThread { [self] in
            var writer = writer
            while true {
                usleep(50_000)
                if !flush(&writer) { return }
            }
        }
        if handle == nil { throw FileError("start a thread for", options.path, code: EAGAIN) }
        thread.withLock { $0 = handle }
    }

    /// Writes what is left and closes the file; what comes later is dropped.
    package func close() {
        state.withLock { $0.isEnding = true }
        let handle = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        if let handle { Workers.join(handle) }
    }

    var counts: Counts { state.withLock { $0.counts } }

    /// Whether the next prediction is one of those to be written.
    func wants(_ counter: inout Int) -> Bool {
        if options.sampling <= 1 { return true }
        counter &+= 1
        return counter % options.sampling == 0
    }

    /// Takes a record that nobody changes any more.
    func append(_ record: PredictionRecord, status: Int, _ nanoseconds: UInt64) {
        record.status = status
        record.nanoseconds = nanoseconds
        record.time = Clock.wall
        let size = record.byteCount
        state.withLock { state in
            guard !state.isEnding, state.waiting.count < Self.mostWaiting, state.bytes + size <= Self.mostBytes else {
                state.counts.dropped += 1
                return
            }
            state.bytes += size
            state.waiting.append(record)
        }
    }

    /// Writes what waits; false when there will be no more.
    private func flush(_ writer: inout Writer) -> Bool {
        let (records, isEnding) = state.withLock { state in
            defer {
                state.waiting = []
                state.bytes = 0
            }
            return (state.waiting, state.isEnding)
        }
        let written = writer.write(records)
        if !records.isEmpty {
            state.withLock { state in
                state.counts.written += written
                state.counts.dropped += records.count - written
            }
        }
        if isEnding { writer.file.close() }
        return !isEnding
    }
}

/// What the log's thread has: the file, and whether it is in order.
private struct Writer {
    var file: RotatingFile
    let options: PredictionLog.Options
    let onFault: @Sendable (String) -> Void
    private var isFaulty = false

    init(file: RotatingFile, options: PredictionLog.Options, onFault: @escaping @Sendable (String) -> Void) {
        self.file = file
        self.options = options
        self.onFault = onFault
    }

    /// Gives how many are in the file afterwards.
    mutating func write(_ records: [PredictionRecord]) -> Int {
        var written = 0
        var pending = 0
        var output = JSONOutput(ByteBuffer())
        var lines: [UInt8] = []
        for record in records {
            output.buffer.clear()
            record.write(to: &output, largest: options.largestValue)
            let line = output.buffer.readableBytesView
            if !lines.isEmpty, lines.count + line.count > Self.portion || !file.hasRoom(lines.count + line.count) {
                written += put(&lines) ? pending : 0
                pending = 0
            }
            lines += line
            pending += 1
        }
        if !lines.isEmpty { written += put(&lines) ? pending : 0 }
        return written
    }

    private static let portion = 1 << 18

    private mutating func put(_ lines: inout [UInt8]) -> Bool {
        defer { lines.removeAll(keepingCapacity: true) }
        do {
            try file.append(lines)
        } catch {
            if !isFaulty { onFault("predictions are not written: \(error)") }
            isFaulty = true
            return false
        }
        if isFaulty { onFault("predictions are written again") }
        isFaulty = false
        return true
    }
}
