import ArgumentParser
import ObjectStore
import Projects
import Tracking

/// Brings data from a remote into the cache.
struct Fetch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Bring tracked data from a remote into the cache.",
        discussion: "Example: apus fetch data.dvc"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var transfer: TransferOptions
    @OptionGroup var runs: RunCacheOption
    @Option(help: "Only outputs of fewer bytes than this.") var maxSize = 0
    @Option(name: .customLong("type"), help: "Only outputs of this kind: metrics or plots; may be repeated.")
    var kinds: [FetchLimits.Kind] = []

    func run() throws {
        let project = try options.openProject()
        try ErrorReport.ending(with: 1) {
            var limits = FetchLimits()
            limits.size = maxSize
            limits.kinds = Set(kinds)
            let outcome = try project.locked {
                try project.fetch(
                    transfer.selection(in: project),
                    limits: limits,
                    runCache: runs.runCache,
                    jobs: transfer.jobs
                )
            }
            try IncompleteTransfer.check(outcome, "fetch")
            transfer.noteMissingRemote(project)
            var summary = TransferSummary()
            summary.fetched = outcome.result.transferred.count
            options.say(summary.transferText)
        }
    }
}

extension FetchLimits.Kind: ExpressibleByArgument {}
