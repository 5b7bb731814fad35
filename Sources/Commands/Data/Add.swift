import ArgumentParser
import Projects

/// Puts files and directories under version control.
struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Put files or directories under version control.",
        discussion: "Example: apus add data/raw"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(help: "Do not put the data into the cache.") var noCommit = false
    @Flag(help: "Targets are patterns of *, ?, [] and **.") var glob = false
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Put a copy of the target there, and that under version control.", valueName: "path")
    )
    var out: String?
    @Flag(help: "Send the data straight to a remote; only the metafile stays here.") var toRemote = false
    @Option(name: .shortAndLong, help: ArgumentHelp("The remote to send to.", valueName: "name")) var remote: String?
    @Option(help: ArgumentHelp("Files to send at a time.", valueName: "number")) var remoteJobs: Int?
    @Flag(name: .shortAndLong, help: "Replace what is at the place of --out.") var force = false
    @Flag(help: "Leave the files as they are instead of linking them to the cache.") var noRelink = false
    @Argument(help: "Files or directories.", completion: .file()) var targets: [String]

    func run() throws {
        if let conflict { throw Refusal(conflict) }
        let project = try options.openProject()
        var settings = Project.AddOptions()
        settings.commits = !noCommit
        settings.relinks = !noRelink
        settings.isPattern = glob
        settings.destination = out
        settings.overwrites = force
        settings.bypassesCache = toRemote
        settings.remote = remote
        settings.jobs = remoteJobs
        let changes = try project.locked { try project.add(targets, settings) }
        changes.warn()
        try ChangedFiles(files: changes.files).settle(project, options)
    }

    /// What does not go together.
    private var conflict: String? {
        if toRemote || out != nil {
            let option = toRemote ? "--to-remote" : "--out"
            if targets.count != 1 { return "multiple targets can't be used with \(option)" }
            if glob { return "--glob can't be used with \(option)" }
            return noCommit ? "--no-commit can't be used with \(option)" : nil
        }
        if remote != nil { return "--remote can't be used without --to-remote" }
        if remoteJobs != nil { return "--remote-jobs can't be used without --to-remote" }
        return nil
    }
}

extension ChangedFileNames {
    /// Tells the user what is worth knowing about files that were recorded.
    func warn() {
        for note in notes { Console.note("WARNING: " + note) }
        if unlinked.isEmpty { return }
        Console.note(
            "WARNING: in the cache, but none of the link types works here: \(unlinked.joined(separator: " "))\n"
                + "hint: set others with 'apus config cache.type', then run 'apus checkout --relink'"
        )
    }
}
