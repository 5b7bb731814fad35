import Basics
import Foundation
import Glibc
import Projects
import Synchronization
import Testing

@Suite struct ReproductionTests {
    @Test func stagesRunAfterThoseTheyDependOnAndOnlyOnce() throws {
        let project = try chain()
        let first = Log()
        #expect(try project.open().reproduce(ReproductionOptions(), observer: first).count == 2)
        #expect(try project.read("last") == "1\none\ntwo\n")
        #expect(first.text.contains("Running stage 'one':\n> (cat in; echo one) > first\n"))
        let second = Log()
        #expect(try project.open().reproduce(ReproductionOptions(), observer: second).count == 0)
        #expect(second.text == "Stage 'one' didn't change, skipping\nStage 'two' didn't change, skipping\n")
    }

    @Test func anEarlierRunIsRestoredWithoutRunningTheCommand() throws {
        let project = try chain()
        try project.open().reproduce(ReproductionOptions(), observer: Log())
        let lock = try project.read("dvc.lock")
        for file in ["dvc.lock", "first", "last"] { try Files.remove(project.path(file)) }
        let log = Log()
        try project.open().reproduce(ReproductionOptions(), observer: log)
        #expect(!log.text.contains("Running"))
        #expect(try project.read("dvc.lock") == lock)
        #expect(try project.read("last") == "1\none\ntwo\n")
    }

    @Test func aFailureStopsTheRunAndKeepsWhatFinished() throws {
        let project = try TemporaryProject()
        try project.write(
            "stages:\n  good:\n    cmd: echo 1 > good\n    outs: [good]\n"
                + "  bad:\n    cmd: exit 3\n    deps: [good]\n    outs: [never]\n",
            to: "dvc.yaml"
        )
        let error = #expect(throws: ProjectError.self) {
            try project.open().reproduce(ReproductionOptions(), observer: Log())
        }
        #expect(error?.description == "failed to reproduce 'bad': failed to run: exit 3, exited with 3")
        #expect(try (project.read("dvc.lock") ?? "").contains("good:"))
        #expect(try !(project.read("dvc.lock") ?? "").contains("bad:"))
    }

    @Test func keepingGoingSkipsOnlyWhatDependsOnTheFailure() throws {
        let project = try TemporaryProject()
        try project.write(
            "stages:\n  bad:\n    cmd: exit 3\n    outs: [b]\n  after:\n    cmd: cp b a\n    deps: [b]\n    outs: [a]\n"
                + "  other:\n    cmd: echo 1 > o\n    outs: [o]\n",
            to: "dvc.yaml"
        )
        var options = ReproductionOptions()
        options.onFailure = .keepGoing
        let log = Log()
        let error = #expect(throws: ProjectError.self) { try project.open().reproduce(options, observer: log) }
        #expect(error?.description == "failed to reproduce 'bad'")
        #expect(log.text.contains("stage 'after' will be skipped due to this failure"))
        #expect(Files.exists(project.path("o")))
    }

    @Test(arguments: [2, 4]) func independentStagesRunSideBySideAndLeaveTheSameLock(jobs: Int) throws {
        let (serial, parallel) = (try wide(), try wide())
        try serial.open().reproduce(ReproductionOptions(), observer: Log())
        var options = ReproductionOptions()
        options.jobs = jobs
        let log = Log()
        try parallel.open().reproduce(options, observer: log)
        #expect(try parallel.read("dvc.lock") == serial.read("dvc.lock"))
        #expect(log.text.contains("s3 | said 3\n"))
        #expect(try parallel.read(".dvc/tmp/apus/logs/s3.log") == "said 3\n")
        #expect(
            try (parallel.read(".dvc/tmp/rwlock") ?? "").trimmingCharacters(in: .whitespaces)
                == #"{"read": {}, "write": {}}"#
        )
    }

    @Test func aStageThatCannotStartKeepsItsOutputs() throws {
        let project = try chain()
        try project.open().reproduce(ReproductionOptions(), observer: Log())
        try Files.remove(project.path("in"))
        #expect(throws: ProjectError.self) { try project.open().reproduce(ReproductionOptions(), observer: Log()) }
        #expect(try project.read("first") == "1\none\n")
    }

    @Test func aDamagedEntryOfTheRunCacheIsDroppedAndTheCommandRuns() throws {
        let project = try chain()
        try project.open().reproduce(ReproductionOptions(), observer: Log())
        let runs = project.path(".dvc/cache/runs")
        for file in try FileManager.default.subpathsOfDirectory(atPath: runs) where file.utf8.count > 100 {
            try project.write("cmd: [\noutside: ../../x\n", to: ".dvc/cache/runs/" + file)
        }
        for file in ["dvc.lock", "first"] { try Files.remove(project.path(file)) }
        let log = Log()
        try project.open().reproduce(ReproductionOptions(), observer: log)
        #expect(log.text.contains("Running stage 'one'"))
    }

    @Test func anInterruptionStopsTheChildAndIsReported() throws {
        let project = try TemporaryProject()
        try project.write(
            "stages:\n  a:\n    cmd: echo 1 > a\n    outs: [a]\n  b:\n    cmd: sleep 60\n    deps: [a]\n    outs: [b]\n",
            to: "dvc.yaml"
        )
        let interruption = Interruption()
        let log = Log { text in
            if text.contains("> sleep") { interruption.raise(SIGTERM) }
        }
        let start = Date()
        let error = #expect(throws: ProjectError.self) {
            try project.open().reproduce(ReproductionOptions(), observer: log, interruption: interruption)
        }
        guard case .interrupted = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(Date().timeIntervalSince(start) < 30)
        #expect(try (project.read("dvc.lock") ?? "").contains("a:"))
    }

    /// Two stages, the second of which reads what the first writes.
    private func chain() throws -> TemporaryProject {
        let project = try TemporaryProject()
        try project.write("1\n", to: "in")
        try project.write(
            """
            stages:
              two:
                cmd: (cat first; echo two) > last
                deps: [first]
                outs: [last]
              one:
                cmd: (cat in; echo one) > first
                deps: [in]
                outs: [first]

            """,
            to: "dvc.yaml"
        )
        return project
    }

    /// Five stages that do not depend on each other, the first of which takes the longest, and one that reads them all.
    private func wide() throws -> TemporaryProject {
        let project = try TemporaryProject()
        var text = "stages:\n"
        for number in 1...5 {
            let pause = number == 1 ? "sleep 0.3; " : ""
            text +=
                "  s\(number):\n    cmd: \(pause)echo said \(number); echo \(number) > o\(number)\n    outs: [o\(number)]\n"
        }
        text += "  all:\n    cmd: cat o1 o2 o3 o4 o5 > all\n    deps: [o1, o2, o3, o4, o5]\n    outs: [all]\n"
        try project.write(text, to: "dvc.yaml")
        return project
    }
}

/// Collects what a run says.
private final class Log: ReproductionObserver {
    private let lines = Mutex("")
    private let react: @Sendable (String) -> Void

    init(_ react: @escaping @Sendable (String) -> Void = { _ in }) { self.react = react }

    var text: String { lines.withLock { $0 } }

    func say(_ text: String) {
        lines.withLock { $0 += text }
        react(text)
    }

    func warn(_ line: String) { lines.withLock { $0 += line + "\n" } }

    func confirm(_ question: String) -> Bool { true }
}
