import ArgumentParser
import Projects
import Tables
import Tracking
import Values

/// Shows which tracked data differs between two revisions.
struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show tracked data that differs between two commits, or a commit and the workspace.",
        discussion: "Example: apus diff main --md"
    )

    @OptionGroup var options: GlobalOptions
    @Option(parsing: .upToNextOption, help: "Only these outputs, files in them, .dvc files or stages.")
    var targets: [String] = []
    @Flag(help: "Print JSON.") var json = false
    @Flag(help: "Show hashes.") var showHash = false
    @Flag(help: "Print a table in Markdown.") var md = false
    @Flag(help: "Do not tell what the cache lacks.") var hideMissing = false
    @Argument(help: "The old commit.") var old = "HEAD"
    @Argument(help: "The new commit; the workspace when not given.") var new: String?

    func run() throws {
        let project = try options.openProject()
        let diff: DataDiff
        do {
            diff = try project.locked { try project.dataDiff(from: old, to: new, targets: targets) }
        } catch let error as ProjectError {
            // DVC stumbles over a missing target with another code than over all else.
            guard case .missingDataTarget = error else { throw error }
            throw ExitCode(ErrorReport(error, failureCode: 255).show())
        }
        let shown = DataDiff.Options(hash: showHash, hidesMissing: hideMissing || new != nil)
        if json {
            options.say(diff.json(shown).json() + "\n")
        } else if md {
            Console.write(diff.table(shown).text(.markdown))
        } else {
            options.say(diff.text(shown))
        }
    }
}
