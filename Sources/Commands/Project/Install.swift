import ArgumentParser
import Basics
import Projects

/// Connects a project with Git's hooks.
struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Install Git hooks, and a merge driver for dvc.lock and .dvc files.",
        discussion: "Example: apus install"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(help: "Let the pre-commit tool run the hooks, by its '.pre-commit-config.yaml'.") var usePreCommitTool = false

    func run() throws {
        let name = CommandLine.arguments.first.map(Paths.name) ?? ""
        let isInstalled = try options.openProject().install(
            HookProgram(rawValue: name) ?? .apus,
            shell: Self.shell,
            usesPreCommitTool: usePreCommitTool
        )
        if !isInstalled { Console.note("The project does without Git: nothing to install.") }
    }

    /// The first `sh` on PATH.
    private static var shell: String {
        let folders = GlobalOptions.variable("PATH")?.split(separator: ":").map(String.init) ?? []
        return folders.map { Paths.join($0, "sh") }.first { $0.hasPrefix("/") && Files.exists($0) } ?? "/bin/sh"
    }
}
