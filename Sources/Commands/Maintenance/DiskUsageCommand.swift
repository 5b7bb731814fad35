import ArgumentParser
import Projects
import Tracking

/// Shows how large the files of a project are.
struct DiskUsageCommand: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255

    static let configuration = CommandConfiguration(
        commandName: "du",
        abstract: "Show how many bytes files and data take.",
        discussion: "Example: apus du . data"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(name: .shortAndLong, help: "Only the sum.") var summarize = false
    @Option(help: "The revision: a branch, tag or commit.") var rev: String?
    @Argument(help: "A folder in the project.") var url: String
    @Argument(help: "A file or directory inside of the project.") var path: String?

    func run() throws {
        let usage = try Project.diskUsage(
            .repository(url, revision: rev),
            path: path,
            summarize: summarize,
            options.environment()
        )
        Console.write(usage.text)
    }
}
