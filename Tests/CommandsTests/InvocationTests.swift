import ArgumentParser
import Testing

@testable import Commands

@Suite struct InvocationTests {
    @Test func globalOptionsMoveBehindTheCommand() {
        let invocation = Invocation(["-q", "--cd", "some where", "remote", "list", "--local"])
        #expect(invocation.command is RemoteList.Type)
        #expect(invocation.path == ["remote", "list"])
        #expect(invocation.rest == ["-q", "--cd", "some where", "--local"])
    }

    @Test(arguments: [[], ["-q"], ["remote"], ["--cd=x", "git-hook"]])
    func aCommandThatOnlyHoldsOthersIsIncomplete(_ arguments: [String]) {
        #expect(Invocation(arguments).isIncomplete)
    }

    @Test(arguments: [["--help"], ["remote", "-h"], ["-V"]])
    func whatTheParserCanTellIsLeftToIt(_ arguments: [String]) {
        #expect(!Invocation(arguments).isIncomplete)
    }

    @Test(arguments: [
        (["repo"], "there is no command 'apus repo'", "did you mean 'repro'?"),
        (["-q", "checkot"], "there is no command 'apus checkot'", "did you mean 'checkout'?"),
        (["params", "dif"], "there is no command 'apus params dif'", "did you mean 'diff'?"),
        (["remote", "ad", "r", "/x"], "there is no command 'apus remote ad'", "did you mean 'add'?"),
        (["lss"], "there is no command 'apus lss'", "did you mean 'ls'?"),
        (["nothing"], "there is no command 'apus nothing'", "'apus --help' lists the commands"),
        (["stage", "nothing"], "there is no command 'apus stage nothing'", "'apus stage --help' lists the commands"),
        (
            ["exp", "run"], "'exp' is a command of DVC that Apus does not have",
            "dvc works on the same project: dvc exp"
        ),
    ])
    func aWordThatIsNoCommandIsExplained(_ arguments: [String], message: String, hint: String) {
        let error = Invocation(arguments).unknownCommand
        #expect(error?.description == message)
        #expect(error?.hint == hint)
    }

    @Test(arguments: [["help", "add"], ["remote", "--global"], ["add", "nothing"], ["--help"], ["remote"]])
    func whatMayBeACommandIsLeftAlone(_ arguments: [String]) {
        #expect(Invocation(arguments).unknownCommand == nil)
    }

    @Test func aliasesAndTheShortVersionFlagAreKnown() {
        #expect(Invocation(["doctor"]).command is Version.Type)
        #expect(Invocation(["-V"]).arguments == ["--version"])
        #expect(Invocation(["-vv", "status", "-V"]).arguments == ["status", "-vv", "-V"])
    }

    /// Deriving a name from that of the type takes a good part of a millisecond for all commands.
    @Test func everyCommandStatesItsName() {
        var pending: [any ParsableCommand.Type] = [ApusCommand.self]
        while let command = pending.popLast() {
            #expect(command.configuration.commandName != nil, "\(command)")
            pending += command.configuration.subcommands
        }
    }

    @Test func negativeNumbersAreValuesOfSettings() throws {
        let invocation = Invocation(["config", "core.checksum_jobs", "-1", "--local"])
        #expect(invocation.rest == ["core.checksum_jobs", "--local", "--", "-1"])
        #expect(Invocation(["status", "-1"]).rest == ["-1"])
    }

    @Test func tabsEndAtEachEighthCell() {
        #expect(TabbedLine.text(["one", "/store", "(default)"]) == "one     /store  (default)")
        #expect(TabbedLine.text(["12345678", "x"]) == "12345678        x")
    }
}
