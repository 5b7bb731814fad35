import ArgumentParser
import Projects
import Tracking

/// Questions about parameters.
struct ParametersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "params",
        abstract: "Compare parameters.",
        discussion: "Example: apus params diff main",
        subcommands: [ParametersDiff.self]
    )
}

/// Shows how parameters differ between two revisions.
struct ParametersDiff: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255

    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show parameters that differ between two commits, or a commit and the workspace.",
        discussion: "Example: apus params diff main --md"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var form: TableOptions
    @Argument(help: "The old commit.") var old = "HEAD"
    @Argument(help: "The new commit.") var new = RevisionNames.workspace
    @Option(parsing: .upToNextOption, help: "Only these parameters files, also undeclared ones.")
    var targets: [String] = []
    @Flag(help: "Show unchanged parameters too.") var all = false
    @Flag(help: "Only parameters that stages depend on.") var deps = false
    @Flag(help: "Do not show the files.") var noPath = false

    func run() throws {
        let project = try options.openProject(orFolder: true)
        let diff = try project.parameterDiff(old, new, targets: targets, dependenciesOnly: deps, all: all)
        Unreadable(revisions: diff.failedRevisions, failures: diff.failures).show()
        form.show(table: diff.table(showsPath: !noPath), json: diff.json, options)
    }
}
