import ArgumentParser
import Git
import Projects

/// Tells which paths `.dvcignore` files leave out.
struct CheckIgnore: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255

    static let configuration = CommandConfiguration(
        commandName: "check-ignore",
        abstract: "Show which paths are ignored due to '.dvcignore', and why.",
        discussion: "Example: apus check-ignore -d data/notes.tmp"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(name: .shortAndLong, help: "Show the pattern that decides, with its file and line.") var details = false
    @Flag(name: .shortAndLong, help: .hidden) var all = false
    @Flag(name: .shortAndLong, help: "With --details: show paths without a pattern too.") var nonMatching = false
    @Flag(help: "Read paths from standard input, up to an empty line.") var stdin = false
    @Argument(help: "Files or directories.", completion: .file()) var targets: [String] = []

    func run() throws {
        try checkCombination()
        let project = try options.openProject()
        var isAnyIgnored = false
        if stdin {
            while let target = readLine(), !target.isEmpty { isAnyIgnored = show(target, project) || isAnyIgnored }
        } else {
            for target in targets { isAnyIgnored = show(target, project) || isAnyIgnored }
        }
        if !isAnyIgnored { throw ExitCode(1) }
    }

    private func checkCombination() throws {
        if !stdin, targets.isEmpty { throw Refusal("`targets` or `--stdin` needed") }
        if stdin, !targets.isEmpty { throw Refusal("cannot have both `targets` and `--stdin`") }
        if nonMatching, !details { throw Refusal("`--non-matching` is only valid with `--details`") }
        if all, !details { throw Refusal("`--all` is only valid with `--details`") }
        if options.quiet, details { throw Refusal("cannot use both `--details` and `--quiet`") }
    }

    /// Shows what is known of a path, and tells whether a pattern speaks about it.
    private func show(_ target: String, _ project: Project) -> Bool {
        let check = project.checkIgnore(target)
        guard details else {
            if check.isIgnored { options.say(target + "\n") }
            return check.isIgnored
        }
        let rules = check.rules.map(\.description)
        let shown = rules.isEmpty && nonMatching ? ["::"] : rules
        for rule in all ? shown[...] : shown.suffix(1) { options.say("\(rule)\t\(target)\n") }
        return !rules.isEmpty
    }
}
