import Basics
import CProcess
import Glibc
import Values

/// One running worker: its process, the socket to it, and the memory shared with it.
///
/// The thread that has the worker uses the socket and the memory; ending and watching is for any thread.
final class WorkerLink: @unchecked Sendable {
    // `requests`, `answers` and the socket are used by the thread that has the worker; the rest is a `Monitor`.

    /// Why this side ended a worker.
    enum Reason: Sendable {
        case timeLimit
        case memoryLimit
        case closing
    }

    struct Life {
        var reason: Reason?
        var ending: ChildProcess.Ending?
    }

    let number: Int
    let process: ChildProcess
    let log: WorkerLog
    let socket: Int32
    var requests: SharedMemory?
    var answers: SharedMemory?
    /// Whether the worker's code still looks at the memory of earlier requests.
    var isHeld = false
    private let life = Monitor(Life())

    /// Starts a worker; it loads the model on its own.
    init(number: Int, settings: PythonModel.Settings, adapter: Int32) throws(FileError) {
        var ends: [Int32] = [-1, -1]
        let code = apus_socket_pair(&ends)
        if code != 0 { throw FileError("make a socket", "", code: code) }
        defer { _ = close(ends[1]) }
        let output: Pipe
        let null: Int32
        do {
            output = try Pipe()
            null = try Files.open("/dev/null", O_RDONLY | O_CLOEXEC)
        } catch {
            _ = close(ends[0])
            throw error
        }
        defer {
            output.closeWriteEnd()
            _ = close(null)
        }
        self.number = number
        socket = ends[0]
        do {
            process = try ChildProcess.startTied(
                [
                    settings.interpreter, "/dev/fd/4", settings.target, String(settings.memoryLimit ?? 0),
                    String(settings.stopLimit.components.seconds + 1),
                ],
                directory: settings.directory,
                environment: settings.environment,
                descriptors: [null, output.writeEnd, output.writeEnd, ends[1], adapter]
            )
        } catch {
            output.closeReadEnd()
            _ = close(ends[0])
            throw error
        }
        log = WorkerLog(descriptor: output.readEnd, prefix: "worker \(number): ", log: settings.log)
        _ = fcntl(socket, F_SETFL, O_NONBLOCK)
    }

    deinit { _ = close(socket) }

    /// Waits for the end of the process, ends what it has started, and reaps it.
    ///
    /// Only the thread that started the worker may call this.
    func awaitEnd() -> ChildProcess.Ending {
        process.waitWithoutReaping()
        // Not reaped yet: its number and that of its group are still its own.
        process.signal(SIGKILL)
        return life.withLock { life in
            let ending = process.wait()
            life.ending = ending
            // A thread that waits for an answer gets the end, even when somebody else holds the other socket.
            _ = shutdown(socket, Int32(SHUT_RDWR))
            return ending
        }
    }

    /// Kills the process and its group; without a reason of ours it counts as a crash.
    func kill(_ reason: Reason?) {
        signal(SIGKILL, reason)
    }

    func signal(_ number: Int32, _ reason: Reason?) {
        life.withLock { life in
            if life.ending != nil { return }
            if life.reason == nil { life.reason = reason }
            process.signal(number)
        }
    }

    /// Tells the worker that nothing more will come; it ends when it has answered.
    func retire(_ reason: Reason) {
        life.withLock { life in
            if life.reason == nil { life.reason = reason }
        }
        _ = shutdown(socket, Int32(SHUT_WR))
    }

    var reason: Reason? { life.withLock { $0.reason } }

    /// How it ended, waiting for that no longer than a time.
    func ending(within limit: Duration) -> ChildProcess.Ending? {
        life.wait(atMost: limit) { $0.ending }
    }
}

extension ChildProcess.Ending {
    /// As in "the worker ended (signal 11)".
    var words: String {
        switch self {
        case .exited(let code): "exit code \(code)"
        case .signaled(let number): "signal \(number)"
        }
    }
}
