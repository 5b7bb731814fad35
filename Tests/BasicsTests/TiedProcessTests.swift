import Basics
import Glibc
import Testing

@Suite struct TiedProcessTests {
    @Test func aTiedChildEndsWithTheThreadThatStartedIt() throws {
        let input = try Pipe()
        defer { input.closeBoth() }
        let started = Monitor<ChildProcess?>(nil)
        let thread = try #require(
            Workers.spawnThread {
                let descriptors = [input.readEnd, input.writeEnd, input.writeEnd]
                let child = try? ChildProcess.startTied(["/bin/cat"], directory: "/", descriptors: descriptors)
                started.withLock { $0 = child }
            }
        )
        Workers.join(thread)
        let child = try #require(started.withLock { $0 })
        #expect(child.wait() == .signaled(SIGKILL))
    }

    @Test func aTiedChildHasOnlyItsDescriptors() throws {
        let output = try Pipe()
        defer { output.closeReadEnd() }
        let descriptors = [output.readEnd, output.writeEnd, output.writeEnd, output.readEnd]
        let child = try ChildProcess.startTied(["/bin/ls", "/proc/self/fd"], directory: "/", descriptors: descriptors)
        output.closeWriteEnd()
        child.waitWithoutReaping()
        #expect(child.wait() == .exited(0))
        // The fifth is the directory that `ls` reads.
        #expect(String(decoding: try Files.readAll(output.readEnd, path: ""), as: UTF8.self) == "0\n1\n2\n3\n4\n")
    }

    @Test func aProgramThatIsNotThereIsAnError() {
        #expect(throws: FileError.self) {
            try ChildProcess.startTied(["/no/such/program"], directory: "/", descriptors: [0, 1, 2])
        }
    }

    @Test func waitingHasALimit() {
        let monitor = Monitor(0)
        #expect(monitor.wait(atMost: .milliseconds(5)) { $0 > 0 ? $0 : nil } == nil)
        monitor.withLock { $0 = 3 }
        #expect(monitor.wait(atMost: .seconds(100)) { $0 > 0 ? $0 : nil } == 3)
    }
}
