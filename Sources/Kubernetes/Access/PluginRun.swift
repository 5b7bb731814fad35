import Basics
import Glibc

/// A credential plugin at work.
struct PluginRun: Sendable {
    struct Result: Sendable {
        let ending: ChildProcess.Ending
        let output: [UInt8]
        let errors: [UInt8]
    }

    private let child: ChildProcess
    /// The ends to read from: its output, and its errors unless they go to the terminal.
    private let ends: [Int32]

    /// Starts it; one that `asks` has the terminal.
    init(_ words: [String], _ variables: [String: String], asks: Bool) throws(FileError) {
        var pipes = [try Pipe()]
        do throws(FileError) {
            if !asks { pipes.append(try Pipe()) }
            let null = asks ? nil : try Files.open("/dev/null", O_RDONLY | O_CLOEXEC)
            defer { if let null { _ = close(null) } }
            let streams = ChildProcess.Streams(
                input: null,
                output: pipes[0].writeEnd,
                errors: asks ? nil : pipes[1].writeEnd
            )
            child = try ChildProcess.start(words, environment: variables, streams: streams, ownGroup: !asks)
        } catch {
            for pipe in pipes { pipe.closeBoth() }
            throw error
        }
        for pipe in pipes { pipe.closeWriteEnd() }
        ends = pipes.map(\.readEnd)
    }

    /// Waits for its end on a thread; it is killed after `limit`, and when the task is cancelled.
    func result(within limit: Duration?) async -> Result {
        let child = child
        let timer = Task {
            guard let limit else { return }
            try await Task.sleep(for: limit)
            child.signal(SIGKILL)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let work: @Sendable () -> Void = { continuation.resume(returning: wait()) }
                guard let thread = Workers.spawnThread(work) else { return work() }
                pthread_detach(thread)
            }
        } onCancel: {
            child.signal(SIGKILL)
        }
    }

    private func wait() -> Result {
        let collected = Pipe.collect(from: ends)
        for end in ends { _ = close(end) }
        return Result(ending: child.wait(), output: collected[0], errors: collected.count > 1 ? collected[1] : [])
    }
}
