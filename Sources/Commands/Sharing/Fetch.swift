import ArgumentParser
import ObjectStore
import Projects
import Tracking

/// Brings data from a remote into the cache.
struct Fetch: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring tracked data from a remote into the cache.",
        discussion: "Example: apus fetch data.dvc"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var transfer: TransferOptions

    func run() throws {
        let project = try options.openProject()
        let result = try project.locked {
            try project.fetch(transfer.targets, from: transfer.remote, jobs: transfer.jobs)
        }
        try IncompleteTransfer.check(result, "fetch")
        var summary = TransferSummary()
        summary.fetched = result.transferred.count
        options.say(summary.transferText)
    }
}
