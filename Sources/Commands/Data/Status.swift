import ArgumentParser
import Configuration
import OrderedCollections
import Projects
import Tracking
import Values

/// Shows what differs from what is recorded.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show data that differs from what is recorded, or from what a remote has.",
        discussion: "Example: apus status data.dvc"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(name: .shortAndLong, help: "Compare the cache with a remote.") var cloud = false
    @OptionGroup var transfer: TransferOptions
    @Flag(help: "Print JSON.") var json = false
    @Flag(help: "Do not ask whether imported data has changed at its source.") var noUpdates = false

    func run() throws {
        let project = try options.openProject()
        if cloud || transfer.remote != nil { return try ErrorReport.ending(with: 1) { try showCloud(project) } }
        if transfer.allBranches || transfer.allTags || transfer.allCommits || transfer.jobs != nil {
            return try ErrorReport.ending(with: 1) {
                throw Refusal("--all-branches, --all-tags, --all-commits and --jobs need --cloud")
            }
        }
        let status = try project.locked { try project.status(transfer.targets, transfer.reach.targetOptions) }
        try show(
            text: status.map { $0.stages.isEmpty ? Tracking.Status.upToDate : $0.text },
            json: status?.json,
            differs: status.map { !$0.stages.isEmpty } ?? false
        )
    }

    private func showCloud(_ project: Project) throws {
        let status = try project.locked {
            try project.cloudStatus(transfer.selection(in: project), jobs: transfer.jobs)
        }
        let remote = transfer.remote ?? project.configuration.defaultRemoteName ?? "None"
        try show(
            text: status.map { $0.text(remote: remote, indent: cloud ? 1 : 0) },
            json: status?.json,
            differs: status.map { !$0.items.isEmpty } ?? false
        )
    }

    private func show(text: String?, json value: Value?, differs: Bool) throws {
        if json {
            Console.write((value ?? .map([:])).json() + "\n")
        } else if options.quiet {
            throw ExitCode(differs ? 1 : 0)
        } else {
            Console.write(text ?? Tracking.Status.noStages)
        }
    }
}
