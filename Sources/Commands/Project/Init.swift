import ArgumentParser
import Projects

/// Makes a DVC project of a folder.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a DVC project of a folder.",
        discussion: "Example: git init && apus init"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(name: .customLong("no-scm"), help: "Do without Git.") var withoutGit = false
    @Flag(help: "Allow a folder inside of a Git repository.") var subdir = false
    @Flag(name: .shortAndLong, help: "Replace an existing '.dvc' folder, with its cache.") var force = false
    @Argument(help: "The folder; the current one by default.", completion: .directory) var directory: String?

    func run() throws {
        let base = try options.workingDirectory()
        let target = directory.map { Project.path($0, from: base) } ?? base
        let usesGit = try Project.initialize(
            in: target,
            withoutGit: withoutGit,
            isSubdirectory: subdir,
            force: force,
            userConfiguration: GlobalOptions.userConfiguration
        )
        options.say("Initialized DVC repository.\n")
        if usesGit { options.say("\nYou can now commit the changes to git.\n\n") }
    }
}
