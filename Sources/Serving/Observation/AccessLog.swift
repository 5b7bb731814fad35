import Basics
import Glibc
import NIOCore
import NIOHTTP1
import Synchronization

/// Writes a line of JSON for each request, on a thread of its own; requests never wait for it.
package final class AccessLog: Sendable {
    private let descriptor: Int32
    private let sampling: Int
    private let state = Mutex(State())
    private let thread = Mutex<pthread_t?>(nil)

    private struct State {
        var lines = ByteBuffer()
        var dropped = 0
        var isEnding = false
    }

    /// What is not written yet may grow to this.
    private static let limit = 4 << 20

    /// Writes to an open file; of the requests that succeed, one in `sampling`.
    package init(descriptor: Int32, sampling: Int = 1) {
        self.descriptor = descriptor
        self.sampling = max(1, sampling)
        let handle = Workers.spawnThread { [weak self] in
            while true {
                usleep(50_000)
                guard let self, self.flush() else { return }
            }
        }
        thread.withLock { $0 = handle }
    }

    /// Writes what is left and ends.
    package func close() {
        state.withLock { $0.isEnding = true }
        let handle = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        if let handle { Workers.join(handle) }
    }

    /// Whether a line is to be written.
    func wants(_ status: Int, _ counter: inout Int) -> Bool {
        if status >= 400 || sampling == 1 { return true }
        counter += 1
        return counter % sampling == 0
    }

    func write(_ entry: Entry) {
        state.withLock { state in
            if state.lines.readableBytes > Self.limit {
                state.dropped += 1
            } else {
                entry.write(to: &state.lines)
            }
        }
    }

    /// Writes a line of its own about something else than a request.
    package func note(_ event: String, _ fields: [(String, String)] = []) {
        var output = JSONOutput(ByteBuffer())
        output.raw("{\"time\":\"")
        Timestamp.write(Clock.wall, to: &output.buffer)
        output.raw("\",\"event\":")
        output.string(event)
        for (name, value) in fields {
            output.raw(",")
            output.string(name)
            output.raw(":")
            output.string(value)
        }
        output.raw("}\n")
        let line = output.buffer
        state.withLock { _ = $0.lines.writeImmutableBuffer(line) }
    }

    /// Gives the lines to the file; false when there will be no more.
    private func flush() -> Bool {
        let (lines, dropped, isEnding) = state.withLock { state in
            defer {
                state.lines = ByteBuffer()
                state.dropped = 0
            }
            return (state.lines, state.dropped, state.isEnding)
        }
        if lines.readableBytes > 0 {
            try? Files.write(Array(lines.readableBytesView), to: descriptor, path: "log")
        }
        if dropped > 0 { note("lines of the log were dropped", [("lines", "\(dropped)")]) }
        return !isEnding
    }
}

/// Times of day as ISO 8601 has them.
enum Timestamp {
    static func write(_ nanoseconds: UInt64, to buffer: inout ByteBuffer) {
        var seconds = time_t(nanoseconds / 1_000_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let fields: [(Int32, Int)] = [
            (parts.tm_year + 1900, 4), (parts.tm_mon + 1, 2), (parts.tm_mday, 2), (parts.tm_hour, 2),
            (parts.tm_min, 2), (parts.tm_sec, 2), (Int32(nanoseconds % 1_000_000_000 / 1_000_000), 3),
        ]
        let separators: [StaticString] = ["-", "-", "T", ":", ":", ".", "Z"]
        for (index, (value, width)) in fields.enumerated() {
            var divisor: Int32 = width == 4 ? 1000 : width == 3 ? 100 : 10
            while divisor > 0 {
                buffer.writeInteger(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
                divisor /= 10
            }
            buffer.writeStaticString(separators[index])
        }
    }
}
