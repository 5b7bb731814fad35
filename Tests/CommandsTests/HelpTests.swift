import ArgumentParser
import Testing

@testable import Commands

@Suite struct HelpTests {
    @Test func everyCommandHasAnAbstractAndAnExample() {
        var rest: [any ParsableCommand.Type] = [ApusCommand.self]
        var count = 0
        while let command = rest.popLast() {
            let configuration = command.configuration
            #expect(!configuration.abstract.isEmpty, "\(command._commandName)")
            let discussion = configuration.discussion
            #expect(discussion.hasPrefix("Example: ") && discussion.contains("apus "), "\(command._commandName)")
            rest += configuration.subcommands
            count += 1
        }
        #expect(count > 30)
    }

    @Test(arguments: [CompletionShell.bash, .zsh, .fish])
    func completionScriptsNameTheCommands(_ shell: CompletionShell) {
        let script = ApusCommand.completionScript(for: shell)
        #expect(script.contains("check-ignore") && script.contains("pull"))
    }

    @Test func filesAreCompletedByTheirDirectory() {
        #expect(TargetCompletion.files("/et").contains("/etc/"))
        #expect(TargetCompletion.files("/etc/pass").contains("/etc/passwd"))
        #expect(TargetCompletion.files("/nonexistent/x").isEmpty)
    }
}
