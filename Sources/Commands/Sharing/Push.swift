import ArgumentParser
import ObjectStore
import Projects
import Tracking

/// Sends data to a remote.
struct Push: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send tracked data to a remote.",
        discussion: "Example: apus push -r storage"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var transfer: TransferOptions

    func run() throws {
        let project = try options.openProject()
        let result = try project.locked {
            try project.push(transfer.targets, to: transfer.remote, jobs: transfer.jobs)
        }
        try IncompleteTransfer.check(result, "push")
        var summary = TransferSummary()
        summary.pushed = result.transferred.count
        options.say(summary.transferText)
    }
}
