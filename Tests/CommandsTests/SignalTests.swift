import Basics
import Foundation
import Testing

/// What `repro` does when somebody wants it to stop.
@Suite struct SignalTests {
    /// A project whose first stage is quick; the second writes its process number, then waits for the file `go`.
    private func project() throws -> CommandLineProject {
        let project = try CommandLineProject()
        try project.write(
            """
            stages:
              one:
                cmd: echo 1 > one
                outs: [one]
              two:
                cmd: sh wait.sh && echo 2 > two
                deps: [one]
                outs: [two]

            """,
            to: "dvc.yaml"
        )
        try project.write(
            "echo $$ > number.new; mv number.new number; until test -e go; do sleep 0.1; done\n",
            to: "wait.sh"
        )
        return project
    }

    private func poll(_ isDone: () throws -> Bool) throws -> Bool {
        for _ in 0..<600 {
            if try isDone() { return true }
            usleep(50_000)
        }
        return false
    }

    /// The process number of the second stage's script, once it runs.
    private func script(in project: CommandLineProject) throws -> pid_t {
        #expect(try poll { try project.read("number") != nil })
        let text = try #require(try project.read("number")).trimmingCharacters(in: .newlines)
        return try #require(pid_t(text))
    }

    private func isAlive(_ process: pid_t) throws -> Bool {
        // A process that nobody has waited for yet has no command line any more.
        try Files.readIfPresent("/proc/\(process)/cmdline").map { !$0.isEmpty } ?? false
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT], ["", " -j 2"])
    func whoeverStopsItStopsTheCommandsAndKeepsWhatWasDone(signal: Int32, options: String) throws {
        let project = try project()
        let command = try project.start("exec apus repro\(options)")
        let script = try script(in: project)
        #expect(try isAlive(script))
        kill(command.processID, signal)
        #expect(command.wait() == .exited(252))
        #expect(try poll { try !isAlive(script) })
        let lock = try #require(try project.read("dvc.lock"))
        #expect(lock.contains("one:") && !lock.contains("two:"))
        try project.write("", to: "go")
        let answer = try project.sh("apus repro")
        #expect(answer.code == 0)
        #expect(answer.output.contains("Stage 'one' didn't change, skipping"))
    }

    @Test func aSignalThatIsIgnoredStaysSo() throws {
        let project = try project()
        let command = try project.start("trap '' HUP; exec apus repro")
        let script = try script(in: project)
        kill(command.processID, SIGHUP)
        kill(script, SIGHUP)
        try project.write("", to: "go")
        #expect(command.wait() == .exited(0))
        #expect(try project.read("two") == "2\n")
    }
}
