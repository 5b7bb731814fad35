import ArgumentParser
import ObjectStore
import Projects
import Tracking

/// Sends data to a remote.
struct Push: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Send tracked data to a remote.",
        discussion: "Example: apus push -r storage"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var transfer: TransferOptions
    @OptionGroup var runs: RunCacheOption
    @Flag(help: "Targets are patterns such as 'data/*.csv'.") var glob = false

    func run() throws {
        let project = try options.openProject()
        try ErrorReport.ending(with: 1) {
            let outcome = try project.locked {
                try project.push(
                    transfer.selection(in: project, glob: glob),
                    runCache: runs.runCache,
                    jobs: transfer.jobs
                )
            }
            try IncompleteTransfer.check(outcome, "push")
            var summary = TransferSummary()
            summary.pushed = outcome.result.transferred.count + outcome.runs
            options.say(summary.transferText)
        }
    }
}
