import Basics
import Testing

@Suite struct ChildProcessTests {
    @Test func runCollectsBothOutputsAndTheCode() throws {
        let result = try ChildProcess.run(["sh", "-c", "cat; echo oops >&2; exit 3"], input: Array("hello".utf8))
        #expect(result.ending == .exited(3))
        #expect(result.text == "hello")
        #expect(result.errorText == "oops")
    }

    @Test func largeInputDoesNotDeadlock() throws {
        let input = [UInt8](repeating: 65, count: 3_000_000)
        let result = try ChildProcess.run(["cat"], input: input)
        #expect(result.output == input)
    }

    @Test func missingProgramIsAnError() {
        #expect(throws: FileError.self) { try ChildProcess.run(["no-such-program-here"]) }
    }

    @Test func directoryAndEnvironmentReachTheChild() throws {
        let result = try ChildProcess.run(
            ["sh", "-c", "pwd; echo $APUS_X"],
            directory: "/",
            environment: ["APUS_X": "y"]
        )
        #expect(result.text == "/\ny")
    }
}
