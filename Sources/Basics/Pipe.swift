import CProcess
import Glibc

/// A pipe whose ends are not inherited by other children.
package struct Pipe: Sendable {
    package let readEnd: Int32
    package let writeEnd: Int32

    package init() throws(FileError) {
        var ends: [Int32] = [-1, -1]
        let code = apus_pipe(&ends)
        if code != 0 { throw FileError("make a pipe", "", code: code) }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    package func closeReadEnd() { _ = close(readEnd) }
    package func closeWriteEnd() { _ = close(writeEnd) }

    package func closeBoth() {
        closeReadEnd()
        closeWriteEnd()
    }

    /// Reads all of several descriptors, whichever has something.
    package static func collect(from sources: [Int32]) -> [[UInt8]] { exchange([], into: nil, from: sources) }

    /// Writes `input` to one descriptor (closed afterwards) while reading all of several others, without a deadlock.
    static func exchange(_ input: [UInt8], into sink: Int32?, from sources: [Int32]) -> [[UInt8]] {
        var collected = [[UInt8]](repeating: [], count: sources.count)
        var polls = sources.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var offset = 0
        if let sink {
            _ = fcntl(sink, F_SETFL, O_NONBLOCK)
            polls.append(pollfd(fd: sink, events: Int16(POLLOUT), revents: 0))
        }
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while polls.contains(where: { $0.fd >= 0 }) {
            if poll(&polls, nfds_t(polls.count), -1) < 0 {
                if errno == EINTR { continue }
                break
            }
            for index in sources.indices where polls[index].fd >= 0 && polls[index].revents != 0 {
                let count = read(polls[index].fd, &block, block.count)
                if count > 0 {
                    collected[index].append(contentsOf: block[..<count])
                } else if count == 0 || errno != EINTR {
                    polls[index].fd = -1
                }
            }
            guard let sink, polls[sources.count].fd >= 0, polls[sources.count].revents != 0 else { continue }
            let count = input[offset...].withUnsafeBytes { Glibc.write(sink, $0.baseAddress, $0.count) }
            if count > 0 { offset += count }
            if offset == input.count || (count < 0 && errno != EINTR && errno != EAGAIN) {
                _ = close(sink)
                polls[sources.count].fd = -1
            }
        }
        return collected
    }
}
