import ArgumentParser
import Basics

/// A command line split into the command it names and what that command is to parse.
///
/// Global options may stand before the command, as in `apus --cd data status`; they are moved behind it.
struct Invocation {
    /// The innermost command that is named; the program itself when none is.
    let command: any ParsableCommand.Type
    /// The names that lead to the command.
    let path: [String]
    /// What follows the names, with the global options in front.
    let rest: [String]
    /// Whether the command only holds others, and none of them is named.
    let isIncomplete: Bool
    /// A complaint about a word where a command should stand; nil when it is one.
    let unknownCommand: UsageError?

    init(_ arguments: [String], root: any ParsableCommand.Type = ApusCommand.self) {
        var (globals, words) = Self.globals(of: arguments[...])
        var command = root
        var path: [String] = []
        while let word = words.first, let next = Self.subcommand(word, of: command) {
            command = next
            path.append(word)
            words.removeFirst()
        }
        if command == root, words.first == "-V" { words[words.startIndex] = "--version" }
        let rest = globals + words
        self.command = command
        self.path = path
        self.rest = (command as? any NumberTaking.Type) == nil ? rest : Self.settingApartNumbers(rest)
        let isGroup = !command.configuration.subcommands.isEmpty
        isIncomplete = isGroup && words.isEmpty
        let stray = isGroup ? words.first.flatMap { $0.first == "-" || (path.isEmpty && $0 == "help") ? nil : $0 } : nil
        unknownCommand = stray.map { Self.complaint($0, behind: path, among: command.configuration.subcommands) }
    }

    /// What the whole parser takes, for help and messages that name the program.
    var arguments: [String] { path + rest }

    /// Says that there is no such command, and which may be meant.
    private static func complaint(
        _ word: String,
        behind path: [String],
        among commands: [any ParsableCommand.Type]
    ) -> UsageError {
        let prefix = (["apus"] + path).joined(separator: " ")
        if path.isEmpty, missingCommands.contains(word) {
            return UsageError(
                "'\(word)' is a command of DVC that Apus does not have",
                hint: "dvc works on the same project: dvc \(word)"
            )
        }
        let visible = commands.filter { $0.configuration.shouldDisplay }
        let names = visible.flatMap { [$0._commandName] + $0.configuration.aliases }
        return UsageError(
            "there is no command '\(prefix) \(word)'",
            hint: Spelling.question(word, among: names) ?? "'\(prefix) --help' lists the commands"
        )
    }

    /// The commands that only DVC has.
    private static let missingCommands: Set<String> = [
        "artifacts", "daemon", "dataset", "ds", "exp", "experiments", "get", "get-url", "import", "import-db",
        "import-url", "plots", "queue", "studio", "test-db", "update",
    ]

    private static func globals(of arguments: ArraySlice<String>) -> (globals: [String], rest: ArraySlice<String>) {
        var globals: [String] = []
        var rest = arguments
        while let word = rest.first {
            if word == "--cd", rest.count > 1 {
                globals += rest.prefix(2)
                rest.removeFirst(2)
            } else if isGlobal(word) {
                globals.append(word)
                rest.removeFirst()
            } else {
                break
            }
        }
        return (globals, rest)
    }

    private static func isGlobal(_ word: String) -> Bool {
        if ["-q", "--quiet", "--verbose", "--wait-for-lock"].contains(word) || word.hasPrefix("--cd=") { return true }
        return word.count > 1 && word.first == "-" && word.dropFirst().allSatisfy { $0 == "v" || $0 == "q" }
    }

    private static func subcommand(
        _ name: String,
        of command: any ParsableCommand.Type
    ) -> (any ParsableCommand.Type)? {
        if name.first == "-" { return nil }
        return command.configuration.subcommands.first {
            $0._commandName == name || $0.configuration.aliases.contains(name)
        }
    }

    /// Puts words such as `-1` behind `--`, so that they are values and not options.
    private static func settingApartNumbers(_ words: [String]) -> [String] {
        let isNumber: (String) -> Bool = { $0.first == "-" && $0.dropFirst().first?.isNumber == true }
        if words.contains("--") || !words.contains(where: isNumber) { return words }
        return words.filter { !isNumber($0) } + ["--"] + words.filter(isNumber)
    }
}

/// A command with values that may be negative numbers, which otherwise look like options.
protocol NumberTaking {}
