import Basics
import Glibc
import Synchronization

/// One `git cat-file --batch` process, started at the first question and ended with this value.
final class ObjectReader: Sendable {
    /// An object of the database.
    struct Object: Sendable {
        let id: String
        /// `blob`, `tree`, `commit` or `tag`.
        let type: String
        let content: [UInt8]
    }

    private let directory: String
    private let connection = Mutex<Connection?>(nil)

    init(directory: String) { self.directory = directory }

    deinit { connection.withLock { $0?.end() } }

    /// The object a name such as `main:data.dvc` or `HEAD^{commit}` stands for; nil when there is none.
    func object(_ name: String) throws(GitError) -> Object? {
        // A line break would be read as the start of a second question.
        if name.isEmpty || name.utf8.contains(where: { $0 == 0x0A || $0 == 0 }) { return nil }
        let answer = connection.withLock { connection in
            Result<Object?, GitError> { () throws(GitError) in
                try Self.ask(name, over: &connection, directory: directory)
            }
        }
        return try answer.get()
    }

    private static func ask(
        _ name: String,
        over connection: inout Connection?,
        directory: String
    ) throws(GitError) -> Object? {
        var current: Connection
        if let connection { current = connection } else { current = try Connection(directory: directory) }
        connection = nil
        do throws(GitError) {
            let object = try current.ask(name)
            connection = current
            return object
        } catch {
            current.end()
            throw error
        }
    }
}

/// The two ends of the talk with the process.
private struct Connection {
    let child: ChildProcess
    /// A socket and not a pipe, so that writing to an ended process is an error and not a signal.
    let input: Int32
    let output: Int32
    var buffer: [UInt8] = []
    var offset = 0

    init(directory: String) throws(GitError) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .file(FileError("make a socket", "")) }
        do throws(FileError) {
            (child, output) = try Self.start(input: ends[1], directory: directory)
        } catch {
            _ = close(ends[0])
            _ = close(ends[1])
            throw .file(error)
        }
        _ = close(ends[1])
        input = ends[0]
    }

    private static func start(input: Int32, directory: String) throws(FileError) -> (ChildProcess, output: Int32) {
        let null = try Files.open("/dev/null", O_WRONLY | O_CLOEXEC)
        defer { _ = close(null) }
        let pipe = try Pipe()
        do throws(FileError) {
            let child = try ChildProcess.start(
                ["git", "cat-file", "--batch"],
                directory: directory,
                environment: ["GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"],
                streams: ChildProcess.Streams(input: input, output: pipe.writeEnd, errors: null)
            )
            pipe.closeWriteEnd()
            return (child, pipe.readEnd)
        } catch {
            pipe.closeBoth()
            throw error
        }
    }

    func end() {
        _ = close(input)
        _ = close(output)
        _ = child.wait()
    }

    mutating func ask(_ name: String) throws(GitError) -> ObjectReader.Object? {
        try send(Array(name.utf8) + [UInt8(ascii: "\n")])
        let header = String(decoding: try line(), as: UTF8.self)
        let words = header.split(separator: " ")
        if words.last == "missing" || words.last == "ambiguous" { return nil }
        guard words.count == 3, let size = Int(words[2]), size >= 0, Repository.isObjectID(String(words[0])) else {
            throw .objectReaderFailed("unexpected answer '\(header.prefix(200))'")
        }
        let content = try bytes(size)
        guard try bytes(1) == [UInt8(ascii: "\n")] else {
            throw .objectReaderFailed("the content of '\(name)' is longer than announced")
        }
        return ObjectReader.Object(id: String(words[0]), type: String(words[1]), content: content)
    }

    private func send(_ message: [UInt8]) throws(GitError) {
        var sent = 0
        while sent < message.count {
            let count = message[sent...].withUnsafeBytes {
                Glibc.send(input, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                sent += count
            } else if errno != EINTR {
                throw .objectReaderFailed("git ended")
            }
        }
    }

    private mutating func line() throws(GitError) -> [UInt8] {
        var searched = offset
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { offset = end + 1 }
                return Array(buffer[offset..<end])
            }
            let pending = buffer.count - offset
            try fill()
            searched = offset + pending
        }
    }

    private mutating func bytes(_ count: Int) throws(GitError) -> [UInt8] {
        while buffer.count - offset < count { try fill() }
        defer { offset += count }
        return Array(buffer[offset..<(offset + count)])
    }

    private mutating func fill() throws(GitError) {
        buffer.removeFirst(offset)
        offset = 0
        let descriptor = output
        let count = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { block in
            var count = read(descriptor, block.baseAddress, block.count)
            while count < 0, errno == EINTR { count = read(descriptor, block.baseAddress, block.count) }
            if count > 0 { buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: block[..<count])) }
            return count
        }
        if count <= 0 { throw .objectReaderFailed("git ended") }
    }
}
