import ArgumentParser
import Projects

/// Ends version control of data, or takes stages out of a pipeline.
struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "End version control of data, or remove stages.",
        discussion: "Example: apus remove data.dvc",
        aliases: ["rm"]
    )

    @OptionGroup var options: GlobalOptions
    @Flag(help: "Delete the data in the workspace as well.") var outs = false
    @Argument(help: "Metafiles, or stages of dvc.yaml.", completion: .stages) var targets: [String]

    func run() throws {
        let project = try options.openProject()
        try project.locked { try project.remove(targets, outputs: outs) }
    }
}
