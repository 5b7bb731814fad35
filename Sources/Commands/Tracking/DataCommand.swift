import ArgumentParser
import ObjectStore
import Projects
import Tracking
import Values

/// Questions about tracked data.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "Tell the state of tracked data.",
        discussion: "Example: apus data status",
        subcommands: [DataStatusCommand.self]
    )
}

/// Shows what differs between the last commit, the metafiles and the workspace.
struct DataStatusCommand: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255

    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show changes between the last commit, the metafiles and the workspace.",
        discussion: "Example: apus data status --granular"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(help: "Print JSON.") var json = false
    @Flag(help: "Tell the files of directories one by one.") var granular = false
    @Flag(help: "Show what did not change too.") var unchanged = false
    @Flag(inversion: .prefixedNo, help: "Show files that are not tracked; also as --untracked-files=all or =no.")
    var untrackedFiles = false
    @Flag(help: "Show what is not in the remote.") var notInRemote = false
    @Option(name: .shortAndLong, help: "The remote to ask; the default one unless named.") var remote: String?
    @Flag(help: "Accepted; the remote is always asked.") var noRemoteRefresh = false
    @Argument(help: "Only these files or directories.", completion: .targets) var targets: [String] = []

    func run() throws {
        let project = try options.openProject()
        defer { project.index.save() }
        var wanted = Project.DataStatusOptions()
        wanted.isGranular = granular
        wanted.showsUnchanged = unchanged
        wanted.showsUntracked = untrackedFiles
        wanted.showsGit = !json
        wanted.asksRemote = notInRemote
        wanted.remote = remote
        let status = try project.dataStatus(targets, wanted)
        options.say(json ? status.json.json() + "\n" : status.text())
    }
}
