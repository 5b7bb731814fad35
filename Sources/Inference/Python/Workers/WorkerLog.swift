import Basics
import Glibc

/// Hands what a worker prints to the server's log line by line, never more than the log can bear.
final class WorkerLog: Sendable {
    static let longestLine = 4096
    /// Lines and bytes that pass in one second; the rest is counted and left out.
    static let linesPerSecond = 500
    static let bytesPerSecond = 1 << 18

    private struct State {
        var lastLine = ""
        var isFinished = false
    }

    private let descriptor: Int32
    private let prefix: String
    private let log: @Sendable (String) -> Void
    private let state = Monitor(State())

    /// Reads `descriptor` on a thread of its own up to its end, and closes it.
    init(descriptor: Int32, prefix: String, log: @escaping @Sendable (String) -> Void) {
        self.descriptor = descriptor
        self.prefix = prefix
        self.log = log
        if let thread = Workers.spawnThread({ self.pump() }) {
            pthread_detach(thread)
        } else {
            _ = close(descriptor)
            state.withLock { $0.isFinished = true }
        }
    }

    /// The last line that was not empty, once the worker has ended or after a moment.
    func lastLine() -> String {
        _ = state.wait(atMost: .milliseconds(300)) { $0.isFinished ? true : nil }
        return state.withLock { $0.lastLine }
    }

    private func pump() {
        var lines = Lines()
        var meter = Meter()
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &block, block.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            lines.feed(block[..<count]) { pass($0, &meter) }
        }
        lines.finish { pass($0, &meter) }
        if meter.leftOut > 0 { log("\(prefix)\(meter.leftOut) lines left out") }
        _ = close(descriptor)
        state.withLock { $0.isFinished = true }
    }

    private func pass(_ line: String, _ meter: inout Meter) {
        if line.contains(where: { !$0.isWhitespace }) { state.withLock { $0.lastLine = line } }
        let earlier = meter.leftOut
        guard meter.admits(line.utf8.count) else { return }
        if earlier > 0 { log("\(prefix)\(earlier) lines left out") }
        log(prefix + line)
    }

    /// Cuts bytes into lines of bounded length.
    struct Lines {
        private var open: [UInt8] = []
        private var cut = 0

        mutating func feed(_ bytes: ArraySlice<UInt8>, _ body: (String) -> Void) {
            var rest = bytes
            while let end = rest.firstIndex(of: 0x0A) {
                append(rest[..<end])
                finish(evenIfEmpty: true, body)
                rest = rest[(end + 1)...]
            }
            append(rest)
        }

        mutating func finish(evenIfEmpty: Bool = false, _ body: (String) -> Void) {
            if open.isEmpty && !evenIfEmpty { return }
            if open.last == 0x0D { open.removeLast() }
            let text = String(decoding: open, as: UTF8.self)
            body(cut == 0 ? text : "\(text)... (\(cut) more bytes)")
            open.removeAll(keepingCapacity: true)
            cut = 0
        }

        private mutating func append(_ bytes: ArraySlice<UInt8>) {
            let room = max(0, WorkerLog.longestLine - open.count)
            open.append(contentsOf: bytes.prefix(room))
            cut += max(0, bytes.count - room)
        }
    }

    /// Counts what passes within each second.
    struct Meter {
        private(set) var leftOut = 0
        private var start = ContinuousClock.now
        private var lines = 0
        private var bytes = 0

        mutating func admits(_ size: Int) -> Bool {
            let now = ContinuousClock.now
            if now - start >= .seconds(1) { (start, lines, bytes) = (now, 0, 0) }
            guard lines < WorkerLog.linesPerSecond, bytes < WorkerLog.bytesPerSecond else {
                leftOut += 1
                return false
            }
            lines += 1
            bytes += size
            leftOut = 0
            return true
        }
    }
}
