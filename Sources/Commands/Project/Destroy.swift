import ArgumentParser
import Projects

/// Removes a project, but not its data.
struct Destroy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy",
        abstract: "Remove metafiles, settings and cache; the data in the workspace stays.",
        discussion: "Example: apus destroy -f"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(name: .shortAndLong, help: "Do not ask.") var force = false

    func run() throws {
        let project = try options.openProject()
        let question =
            "This removes all metafiles and pipelines of the project, and its cache with all old versions. Go on?"
        if !force, !Console.confirm(question) {
            throw Refusal("cannot destroy without a confirmation from the user; -f goes on without")
        }
        try project.destroy()
    }
}
