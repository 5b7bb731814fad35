import ArgumentParser
import Projects

/// Renames data under version control.
struct Move: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Rename or move data under version control.",
        discussion: "Example: apus move data.csv raw/data.csv",
        aliases: ["mv"]
    )

    @OptionGroup var options: GlobalOptions
    @Argument(help: "A file or directory that was added or imported.", completion: .targets) var source: String
    @Argument(help: "Its new path, or a directory to move it into.", completion: .file()) var destination: String

    func run() throws {
        let project = try options.openProject()
        let changes = try project.locked { try project.move(source, to: destination) }
        changes.warn()
        try ChangedFiles(files: changes.files).settle(project, options)
    }
}
