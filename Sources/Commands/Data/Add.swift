import ArgumentParser
import Projects

/// Puts files and directories under version control.
struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put files or directories under version control.",
        discussion: "Example: apus add data/raw"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(help: "Do not put the data into the cache.") var noCommit = false
    @Flag(help: "Leave the files as they are instead of linking them to the cache.") var noRelink = false
    @Flag(name: .shortAndLong, help: .hidden) var force = false
    @Argument(help: "Files or directories.") var targets: [String]

    func run() throws {
        let project = try options.openProject()
        let added = try project.locked { try project.add(targets, commit: !noCommit, relink: !noRelink) }
        if !added.unlinked.isEmpty {
            Console.note(
                "WARNING: in the cache, but none of the link types works here: \(added.unlinked.joined(separator: " "))"
            )
        }
        try ChangedFiles(files: added.files).settle(project, options)
    }
}
