import ArgumentParser
import Projects
import Tracking

/// Questions about metrics.
struct MetricsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics",
        abstract: "Show and compare metrics.",
        discussion: "Example: apus metrics diff main",
        subcommands: [MetricsShowCommand.self, MetricsDiffCommand.self]
    )
}

/// Shows metrics of the workspace and of commits.
struct MetricsShowCommand: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255

    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show metrics.",
        discussion: "Example: apus metrics show --all-branches"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var form: TableOptions
    @Flag(name: [.customShort("a"), .long], help: "Of all branches.") var allBranches = false
    @Flag(name: [.customShort("T"), .long], help: "Of all tags.") var allTags = false
    @Flag(name: [.customShort("A"), .long], help: "Of all commits.") var allCommits = false
    @Flag(name: [.customShort("R"), .long], help: "Accepted; directories are always searched.") var recursive = false
    @Option(parsing: .unconditional, help: "Decimals to round to; 5 when not given.") var precision: Int?
    @Argument(help: "Only these metrics files or directories of them.", completion: .file()) var targets: [String] = []

    func run() throws {
        let project = try options.openProject(orFolder: true)
        let scope = RevisionScope(allBranches: allBranches, allTags: allTags, allCommits: allCommits)
        let metrics = try project.metrics(targets, in: scope)
        Unreadable(revisions: metrics.failedRevisions, failures: metrics.failures).show()
        form.show(
            table: metrics.table(showsRevisions: !scope.isWorkspaceOnly, precision: precision ?? 0),
            json: metrics.json,
            options
        )
    }
}

/// Shows how metrics differ between two revisions.
struct MetricsDiffCommand: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255

    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show metrics that differ between two commits, or a commit and the workspace.",
        discussion: "Example: apus metrics diff main --md"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var form: TableOptions
    @OptionGroup var question: RevisionDiffOptions
    @Flag(name: [.customShort("R"), .long], help: "Accepted; directories are always searched.") var recursive = false
    @Option(parsing: .unconditional, help: "Decimals to round to; 5 when not given.") var precision: Int?

    func run() throws {
        let project = try options.openProject(orFolder: true)
        let diff = try project.metricsDiff(question.old, question.new, targets: question.targets, all: question.all)
        question.show(diff, precision: precision ?? 0, form, options)
    }
}
