import Basics
import Foundation
import Inference
import Testing

private let code = """
    import os, signal, sys, time

    class Model:
        def __init__(self):
            if os.path.exists("broken"):
                print("the file is there", file=sys.stderr)
                os._exit(9)
            self.leak = []

        def pid(self) -> int:
            return os.getpid()

        def double(self, x: int) -> int:
            return 2 * x

        def crash(self, signal: int) -> int:
            os.kill(os.getpid(), signal)
            time.sleep(10)

        def sleep(self, seconds: float, stubborn: bool = False) -> int:
            if stubborn:
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(seconds)
            return os.getpid()

        def grow(self, bytes: int) -> int:
            self.leak.append(b"x" * bytes)
            return os.getpid()

        def talk(self, lines: int) -> str:
            os.write(1, b"no newline")
            for _ in range(lines):
                print("y" * 99)
            print("z" * 100_000)
            return "said"

        def huge(self, size: int) -> bytes:
            return bytes(size)

        def child(self) -> int:
            if (pid := os.fork()) == 0:
                time.sleep(3600)
            return pid

        def close(self):
            open("closed", "w").close()
    """

@Suite(.enabled(if: Python.plain != nil, "needs python3"), .serialized) struct PythonWorkerTests {
    @Test func aCrashedWorkerIsReplaced() throws {
        let project = try PythonProject(code)
        try project.serve { model throws in
            let before = try model.text("pid")
            #expect(model.error("crash", #"{"signal": 11}"#) == .failed("the model's worker ended (signal 11)"))
            #expect(try model.text("pid") != before)
            #expect(model.isReady)
        }
        #expect(project.log.contains("worker 1 ended (signal 11) and is started anew"))
        #expect(project.log.contains("Fatal Python error: Segmentation fault"))
    }

    @Test func aWorkerThatEndsIdleCostsNoRequest() throws {
        try PythonProject(code).serve { model throws in
            for _ in 0..<3 {
                let pid = try #require(Int32(try model.text("pid")))
                kill(pid, SIGKILL)
                #expect(try model.text("double", #"{"x": 4}"#) == "8")
            }
        }
    }

    @Test(arguments: [false, true]) func aCallBeyondTheLimitIsStopped(isStubborn: Bool) throws {
        let project = try PythonProject(code)
        var settings = project.settings()
        settings.timeLimit = .milliseconds(500)
        try project.serve(settings) { model throws in
            let before = try #require(Int32(try model.text("pid")))
            #expect(model.error("sleep", #"{"seconds": 3600, "stubborn": \#(isStubborn)}"#) == .timeout)
            #expect(project.eventually { kill(before, 0) != 0 })
            #expect(try model.text("double", #"{"x": 4}"#) == "8")
            #expect(model.isReady)
        }
        #expect(project.log.contains("worker 1 was killed: a call took more than 0.5 seconds"))
    }

    @Test func aCallersDeadlineLeavesTheWorkerAlone() throws {
        try PythonProject(code).serve { model throws in
            let before = try model.text("pid")
            let deadline = Deadline(.now + .milliseconds(50))
            #expect(model.error("sleep", #"{"seconds": 0.4}"#, deadline: deadline) == .timeout)
            // The worker is busy still, so that this one waits in vain.
            #expect(model.error("pid", deadline: Deadline(.now + .milliseconds(20))) == .timeout)
            #expect(try model.text("pid") == before)
        }
    }

    @Test func aWorkerThatGrowsIsReplacedBetweenCalls() throws {
        let project = try PythonProject(code)
        var settings = project.settings()
        settings.memoryLimit = 100 << 20
        try project.serve(settings) { model throws in
            let first = try model.text("grow", #"{"bytes": 1000000}"#)
            #expect(try model.text("grow", #"{"bytes": 200000000}"#) == first)
            #expect(try model.text("pid") != first)
        }
        #expect(project.log.contains("worker 1 is replaced: it takes more memory than it may"))
    }

    @Test func muchOutputIsBounded() throws {
        let project = try PythonProject(code)
        try project.serve { model throws in
            #expect(try model.text("talk", #"{"lines": 100000}"#) == "said")
        }
        #expect(project.eventually { project.log.contains("lines left out") })
        let lines = project.lines.withLock { $0 }
        #expect(lines.allSatisfy { $0.hasPrefix("worker 1") && $0.utf8.count < 5000 })
        #expect(lines.reduce(0) { $0 + $1.utf8.count } < 5_000_000)
    }

    @Test func hugeAnswersComeWhole() throws {
        try PythonProject(code).serve { model throws in
            for size in [0, 1, 65_535, 65_536, 65_537, 3_000_000, 100_000_000, 70_000] {
                let answer = try model.call(
                    "huge",
                    CallArguments(json: Array(#"{"size": \#(size)}"#.utf8)),
                    deadline: nil
                )
                #expect(answer.body.count == size && answer.body.allSatisfy { $0 == 0 })
            }
        }
    }

    @Test func manyCallsShareTheWorkers() throws {
        let project = try PythonProject(code)
        var settings = project.settings()
        settings.workers = 2
        try project.serve(settings) { model throws in
            #expect(project.eventually { model.workersUp == 2 })
            let pids = Monitor(Set<String>())
            try Workers.run(count: 1000, threads: 64, batch: 1) { range in
                for number in range {
                    let text = try model.text("double", #"{"x": \#(number)}"#)
                    if text != String(2 * number) { throw InferenceError.failed("\(number) gave \(text)") }
                    let pid = try model.text("sleep", #"{"seconds": 0.0001}"#)
                    pids.withLock { _ = $0.insert(pid) }
                }
            }
            #expect(pids.withLock { $0.count } == 2)
        }
    }

    @Test func workersThatKeepEndingMakeTheModelNotReady() throws {
        let project = try PythonProject(code)
        var settings = project.settings()
        settings.restartPause = .milliseconds(5)
        settings.crashLimit = 3
        try project.serve(settings) { model throws in
            #expect(model.isReady)
            try "".write(toFile: project.directory + "/broken", atomically: true, encoding: .utf8)
            #expect(model.error("crash", #"{"signal": 6}"#) == .failed("the model's worker ended (signal 6)"))
            #expect(project.eventually { project.log.contains("the model's workers keep ending") })
            #expect(!model.isReady)
            guard case .unavailable = model.error("pid") else {
                Issue.record("a call found a worker")
                return
            }
        }
        #expect(
            project.log.contains(
                "it is not ready until they stay up: the worker ended (exit code 9): the file is there"
            )
        )
    }

    @Test func nothingIsLeftBehind() throws {
        let project = try PythonProject(code)
        let (worker, child) = try project.serve { model throws in
            (try #require(Int32(try model.text("pid"))), try #require(Int32(try model.text("child"))))
        }
        #expect(kill(worker, 0) != 0)
        #expect(project.eventually { kill(child, 0) != 0 || Self.isZombie(child) })
        #expect(FileManager.default.fileExists(atPath: project.directory + "/closed"))
    }

    @Test func closingDoesNotWaitForABusyWorker() throws {
        let project = try PythonProject(code)
        var settings = project.settings()
        settings.stopLimit = .milliseconds(200)
        let model = try PythonModel(settings)
        let thread = Workers.spawnThread { _ = model.error("sleep", #"{"seconds": 3600, "stubborn": true}"#) }
        usleep(100_000)
        model.close()
        if let thread { Workers.join(thread) }
        #expect(model.error("pid") == .unavailable("the model is closed"))
    }

    private static func isZombie(_ pid: Int32) -> Bool {
        (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8))?.contains(") Z ") ?? true
    }
}
