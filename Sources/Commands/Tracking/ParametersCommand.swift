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
    @OptionGroup var question: RevisionDiffOptions
    @Flag(help: "Only parameters that stages depend on.") var deps = false

    func run() throws {
        let project = try options.openProject(orFolder: true)
        let diff = try project.parameterDiff(
            question.old,
            question.new,
            targets: question.targets,
            dependenciesOnly: deps,
            all: question.all
        )
        question.show(diff, form, options)
    }
}
