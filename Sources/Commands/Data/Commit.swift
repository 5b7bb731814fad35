import ArgumentParser
import Projects

/// Records what is there now.
struct Commit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commit",
        abstract: "Record data and stages as they are now.",
        discussion: "Example: apus commit data.dvc"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(name: .shortAndLong, help: "Record changes without asking.") var force = false
    @OptionGroup var selection: SelectionOptions
    @Flag(help: "Leave the files as they are instead of linking them to the cache.") var noRelink = false
    @Argument(help: "Only these outputs, .dvc files or stages.", completion: .targets) var targets: [String] = []

    func run() throws {
        let project = try options.openProject()
        var settings = Project.CommitOptions()
        settings.targets = selection.targetOptions
        settings.isForced = force
        settings.relinks = !noRelink
        let changes = try project.locked { try project.commit(targets, settings, confirm: Console.confirm) }
        changes.warn()
        options.say(changes.text)
    }
}
