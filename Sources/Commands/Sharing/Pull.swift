import ArgumentParser
import ObjectStore
import Projects
import Tracking

/// Brings data from a remote into the workspace.
struct Pull: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Bring tracked data from a remote into the workspace.",
        discussion: "Example: git clone … && cd … && apus pull"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var transfer: TransferOptions
    @OptionGroup var runs: RunCacheOption
    @Flag(name: .shortAndLong, help: "Overwrite and delete data that is not in the cache.") var force = false
    @Flag(help: "Targets are patterns such as 'data/*.dvc'.") var glob = false
    @Flag(help: "Pass over data that is nowhere.") var allowMissing = false

    func run() throws {
        let project = try options.openProject()
        try ErrorReport.ending(with: 1) {
            let (fetched, outcome) = try project.locked { try pull(project) }
            var summary = outcome.summary
            summary.fetched = fetched.result.transferred.count
            options.say(outcome.changes.text + summary.transferText)
            try IncompleteTransfer.check(fetched, "fetch")
            transfer.noteMissingRemote(project)
            if !outcome.failed.isEmpty, !allowMissing { throw ProjectError.incompleteCheckout(outcome.failed) }
        }
    }

    private func pull(_ project: Project) throws -> (SharingOutcome, Project.CheckoutOutcome) {
        let selection = try transfer.selection(in: project, glob: glob)
        let fetched = try project.fetch(selection, runCache: runs.runCache, jobs: transfer.jobs)
        let outcome = try project.checkout(
            selection.targets,
            selection.options,
            loss: LossPolicy(force: force)
        )
        return (fetched, outcome)
    }
}
