import Testing

@Suite struct LostAnswerTests {
    private static let full = "ERROR: cannot write 'standard output': No space left on device\n"
    private static let closed = "ERROR: cannot write 'standard output': Bad file descriptor\n"

    @Test(arguments: ["status", "status --json", "list .", "list . --json", "dag", "dag --dot", "--help", "version"])
    func anAnswerThatCannotBeWrittenIsAnError(command: String) throws {
        let project = try CommandLineProject()
        try project.write("stages:\n  a:\n    cmd: echo\n", to: "dvc.yaml")
        let full = try project.sh("apus \(command) > /dev/full")
        #expect(full.code == 255 && full.errors == Self.full)
        let closed = try project.sh("apus \(command) >&-")
        #expect(closed.code == 255 && closed.errors == Self.closed)
    }

    @Test func workIsDoneAllTheSame() throws {
        let project = try CommandLineProject()
        try project.write("a\n", to: "a")
        #expect(try project.sh("apus add a > /dev/full").code == 255)
        #expect(try project.read("a.dvc") != nil)
        try project.write(
            "stages:\n  one:\n    cmd: cp a one\n    outs: [one]\n  two:\n    cmd: cp one two\n    deps: [one]\n"
                + "    outs: [two]\n",
            to: "dvc.yaml"
        )
        let answer = try project.sh("apus repro > /dev/full")
        #expect(answer.code == 255 && answer.errors == Self.full)
        #expect(try project.read("dvc.lock")?.contains("two:") == true)
        #expect(try project.sh("apus status -q").code == 0)
    }

    @Test func aFailureKeepsItsCode() throws {
        let project = try CommandLineProject()
        let answer = try project.sh("apus --cd nowhere status > /dev/full")
        #expect(answer.code == 255 && !answer.errors.contains("standard output"))
        #expect(try project.sh("apus add nofile > /dev/full").code == 1)
    }

    @Test(arguments: ["2> /dev/full", "2>&-", "2>&1 >/dev/null | true"])
    func warningsThatCannotBeWrittenChangeNothing(redirection: String) throws {
        let project = try CommandLineProject()
        try project.write("a\n", to: "a")
        try project.sh("apus add -q a && rm a.dvc && rm -r .dvc/cache")
        // The shell keeps the code of a command that is not the last of a pipe.
        let answer = try project.sh("{ (trap '' PIPE; apus checkout); echo $? >code; } \(redirection)")
        #expect(answer.errors == "")
        #expect(try project.read("code") == "0\n")
        #expect(try project.sh("{ apus checkout; echo $? >code; } \(redirection)").errors == "")
        #expect(try project.read("code") == "0\n")
    }

    @Test func nothingIsWrittenIntoFilesThatTakeTheDescriptorsOfClosedStreams() throws {
        let project = try CommandLineProject()
        try project.write("a\n", to: "a")
        try project.sh("apus add a <&- >&- 2>&-")
        #expect(try project.read("a.dvc")?.hasPrefix("outs:\n- md5: ") == true)
        #expect(try project.sh("find .dvc/tmp -type f -print0 | xargs -0 cat").output.contains("git add") == false)
        #expect(try project.sh("apus status").output == "Data and pipelines are up to date.\n")
    }

    @Test(arguments: ["trap - PIPE", "trap '' PIPE"])
    func aReaderThatLeavesEndsTheCommandQuietly(handling: String) throws {
        let project = try CommandLineProject()
        for number in 0..<3000 { try project.write("", to: "files/a-file-with-a-long-name-\(number)") }
        let answer = try project.sh("\(handling); { apus list -R .; echo $? >code; } | head -1")
        #expect(answer.errors == "" && answer.code == 0)
        #expect(try project.read("code") == "141\n")
    }
}
