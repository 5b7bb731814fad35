import ArgumentParser
import Projects

/// Prints the way to the project's top folder.
struct Root: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "root",
        abstract: "Print the relative path to the project's top folder.",
        discussion: "Example: cd \"$(apus root)\""
    )

    @OptionGroup var options: GlobalOptions

    func run() throws {
        let project = try options.openProject()
        Console.write(project.shown(project.root) + "\n")
    }
}
