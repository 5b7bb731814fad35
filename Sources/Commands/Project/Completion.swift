import ArgumentParser

/// Prints what makes a shell complete the program's command lines.
struct Completion: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completion",
        abstract: "Print a shell's completion script.",
        discussion: "Example: apus completion -s bash > ~/.local/share/bash-completion/completions/apus"
    )

    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash
        case zsh
        case fish
    }

    @OptionGroup var options: GlobalOptions
    @Option(name: .shortAndLong, help: "The shell: bash, zsh or fish.") var shell = Shell.bash

    func run() {
        let kind: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        Console.write(ApusCommand.completionScript(for: kind) + "\n")
    }
}
