import ArgumentParser
import OrderedCollections
import Projects
import Tracking
import Values

/// Shows what differs from what is recorded.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show data that differs from what is recorded.",
        discussion: "Example: apus status data.dvc"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(help: "Print JSON.") var json = false
    @Argument(help: "Only these outputs or .dvc files.") var targets: [String] = []

    func run() throws {
        let project = try options.openProject()
        let status = try project.locked { try project.status(targets) }
        if options.quiet { throw ExitCode(status?.stages.isEmpty ?? true ? 0 : 1) }
        if json {
            Console.write((status?.json ?? .map([:])).json() + "\n")
        } else if let status {
            Console.write(status.stages.isEmpty ? Tracking.Status.upToDate : status.text)
        } else {
            Console.write(Tracking.Status.noStages)
        }
    }
}
