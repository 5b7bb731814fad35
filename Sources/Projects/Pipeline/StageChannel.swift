import Basics
import Glibc
import Synchronization

/// Keeps the output of one stage apart from that of others that run at the same time: each line gets the stage's name
/// in front, and a file of its own gets all of it.
final class StageChannel: Sendable {
    private let name: String
    private let observer: any ReproductionObserver
    private let log: Int32
    private let reader = Mutex<pthread_t?>(nil)

    /// Begins the stage's log at `tmp/apus/logs/NAME.log` of the project's `.dvc` folder.
    init(_ name: String, _ folder: String, _ observer: any ReproductionObserver) throws {
        self.name = name
        self.observer = observer
        let logs = Paths.join(folder, "tmp/apus/logs")
        try Files.makeDirectories(logs)
        let file = name.replacing("/", with: "-") + ".log"
        log = try Files.open(Paths.join(logs, file), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC)
    }

    deinit { _ = close(log) }

    /// Starts a child whose output and errors go into the channel.
    func connect(_ start: (ChildProcess.Streams) throws -> ChildProcess) throws -> ChildProcess {
        let pipe = try Pipe()
        let child: ChildProcess
        do {
            child = try start(ChildProcess.Streams(output: pipe.writeEnd, errors: pipe.writeEnd))
        } catch {
            pipe.closeBoth()
            throw error
        }
        pipe.closeWriteEnd()
        let thread = Workers.spawnThread { self.pass(pipe) }
        reader.withLock { $0 = thread }
        return child
    }

    /// Waits until all that the child wrote is passed on.
    func finish() {
        if let thread = reader.withLock({ $0.take() }) { Workers.join(thread) }
    }

    private func pass(_ pipe: Pipe) {
        var rest: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(pipe.readEnd, &block, block.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            try? Files.write(Array(block[..<count]), to: log, path: name)
            rest += block[..<count]
            guard let end = rest.lastIndex(of: newline) else { continue }
            show(rest[..<end])
            rest.removeSubrange(...end)
        }
        if !rest.isEmpty { show(rest[...]) }
        pipe.closeReadEnd()
    }

    private func show(_ lines: ArraySlice<UInt8>) {
        var text = ""
        for line in lines.split(separator: newline, omittingEmptySubsequences: false) {
            text += "\(name) | \(String(decoding: line, as: UTF8.self))\n"
        }
        observer.say(text)
    }
}

private let newline = UInt8(ascii: "\n")
