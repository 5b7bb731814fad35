import ArgumentParser
import Configuration
import Projects

/// Sets up remotes.
struct RemoteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remote",
        abstract: "Set up remotes.",
        discussion: "Example: apus remote add -d storage /mnt/dvcstore",
        subcommands: [
            RemoteAdd.self, RemoteList.self, RemoteModify.self, RemoteRemove.self, RemoteRename.self,
            RemoteDefault.self,
        ]
    )
}

/// What the remote commands share.
struct RemoteOptions: ParsableArguments {
    @OptionGroup var options: GlobalOptions
    @OptionGroup var levels: LevelOptions

    /// Changes the configuration of the chosen level and writes it.
    func edit(_ body: (inout Configuration, Configuration.Level, String) throws -> Void) throws {
        let project = try options.openProject()
        var configuration = project.configuration
        try body(&configuration, levels.level ?? .project, project.environment.workingDirectory)
        try configuration.validate()
        try configuration.save()
    }
}

struct RemoteAdd: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add a remote.")
    @OptionGroup var common: RemoteOptions
    @Flag(name: [.customShort("d"), .customLong("default")], help: "Make it the default remote.") var isDefault = false
    @Flag(name: .shortAndLong, help: "Replace a remote of this name.") var force = false
    @Argument(help: "Its name.") var name: String
    @Argument(help: "A directory or URL.") var url: String

    func run() throws {
        try common.edit { configuration, level, directory in
            try configuration.addRemote(
                name,
                url: url,
                isDefault: isDefault,
                replacing: force,
                level: level,
                workingDirectory: directory
            )
        }
        if isDefault { common.options.say("Setting '\(name)' as a default remote.\n") }
    }
}

struct RemoteList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List remotes.")
    @OptionGroup var common: RemoteOptions

    func run() throws {
        let configuration = try common.options.openProject().configuration
        let remotes = try common.levels.level.map { try configuration.remotes(of: $0) } ?? configuration.remotes
        for remote in remotes {
            let mark = remote.name == configuration.defaultRemoteName ? "\t(default)" : ""
            Console.write("\(remote.name)\t\(remote.url)\(mark)\n")
        }
    }
}

struct RemoteModify: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "modify", abstract: "Change a remote's settings.")
    @OptionGroup var common: RemoteOptions
    @Flag(name: .shortAndLong, help: "Remove the setting.") var unset = false
    @Argument var name: String
    @Argument var option: String
    @Argument var value: String?

    func run() throws {
        try common.edit { configuration, level, directory in
            let value = unset ? nil : value
            try configuration.modifyRemote(name, option, to: value, level: level, workingDirectory: directory)
        }
    }
}

struct RemoteRemove: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove a remote.")
    @OptionGroup var common: RemoteOptions
    @Argument var name: String

    func run() throws {
        try common.edit { configuration, level, _ in try configuration.removeRemote(name, level: level) }
    }
}

struct RemoteRename: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "rename", abstract: "Rename a remote.")
    @OptionGroup var common: RemoteOptions
    @Argument var name: String
    @Argument var newName: String

    func run() throws {
        try common.edit { configuration, level, _ in
            try configuration.renameRemote(name, to: newName, level: level)
        }
    }
}

struct RemoteDefault: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "default", abstract: "Get or set the default remote.")
    @OptionGroup var common: RemoteOptions
    @Flag(name: .shortAndLong, help: "Have no default remote.") var unset = false
    @Argument var name: String?

    func run() throws {
        guard name != nil || unset else {
            let configuration = try common.options.openProject().configuration
            guard let name = configuration.defaultRemoteName else {
                Console.write("No default remote set\n")
                throw ExitCode(1)
            }
            return Console.write(name + "\n")
        }
        try common.edit { configuration, level, _ in
            try configuration.setDefaultRemote(unset ? nil : name, level: level)
        }
    }
}
