import ArgumentParser
import ObjectStore
import Projects
import Tracking

/// Brings data from a remote into the workspace.
struct Pull: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring tracked data from a remote into the workspace.",
        discussion: "Example: git clone … && cd … && apus pull"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var transfer: TransferOptions
    @Flag(name: .shortAndLong, help: "Overwrite and delete data that is not in the cache.") var force = false
    @Flag(help: "Pass over data that is nowhere.") var allowMissing = false

    func run() throws {
        let project = try options.openProject()
        let (fetched, outcome) = try project.locked {
            let fetched = try project.fetch(transfer.targets, from: transfer.remote, jobs: transfer.jobs)
            return (fetched, try project.checkout(transfer.targets, loss: LossPolicy(force: force)))
        }
        var summary = outcome.summary
        summary.fetched = fetched.transferred.count
        options.say(outcome.changes.text + summary.transferText)
        if allowMissing { return }
        try IncompleteTransfer.check(fetched, "fetch")
        if !outcome.failed.isEmpty { throw ProjectError.incompleteCheckout(outcome.failed) }
    }
}
