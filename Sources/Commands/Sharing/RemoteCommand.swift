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

    /// Changes the configuration and writes it; the level is nil when none was chosen.
    func edit(_ body: (inout Configuration, Configuration.Level?, String) throws -> Void) throws {
        var scope = try ConfigurationScope(options)
        try body(&scope.configuration, levels.level, scope.workingDirectory)
        try scope.configuration.save()
    }
}

struct RemoteAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a remote.",
        discussion: "Example: apus remote add -d storage /mnt/dvcstore"
    )
    @OptionGroup var common: RemoteOptions
    @Flag(name: [.customShort("d"), .customLong("default")], help: "Make it the default remote.") var isDefault = false
    @Flag(name: .shortAndLong, help: "Replace a remote of this name.") var force = false
    @Argument(help: "Its name.") var name: String
    @Argument(help: "A directory or URL.", completion: .directory) var url: String

    func run() throws {
        if isDefault { common.options.say("Setting '\(name.lowercased())' as a default remote.\n") }
        try common.edit { configuration, level, directory in
            try configuration.addRemote(
                name,
                url: url,
                isDefault: isDefault,
                replacing: force,
                level: level ?? .project,
                workingDirectory: directory
            )
        }
    }
}

struct RemoteList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List remotes.",
        discussion: "Example: apus remote list"
    )
    @OptionGroup var common: RemoteOptions

    func run() throws {
        let scope = try ConfigurationScope(common.options)
        let configuration = scope.configuration
        let level = common.levels.level
        _ = try scope.levels(level)
        let remotes = try level.map { try configuration.remotes(of: $0) } ?? configuration.remotes
        let chosen = try configuration.defaultRemoteName(of: level)
        for remote in remotes {
            let columns = [remote.name, remote.url] + (remote.name == chosen ? ["(default)"] : [])
            Console.write(TabbedLine.text(columns) + "\n")
        }
    }
}

struct RemoteModify: ParsableCommand, NumberTaking {
    static let configuration = CommandConfiguration(
        commandName: "modify",
        abstract: "Change a remote's settings.",
        discussion: "Example: apus remote modify --local storage password secret"
    )
    @OptionGroup var common: RemoteOptions
    @Flag(name: .shortAndLong, help: "Remove the setting.") var unset = false
    @Argument(help: "The remote.", completion: .remotes) var name: String
    @Argument(help: "The setting, such as url.") var option: String
    @Argument(help: "Its new value.") var value: String?

    func run() throws {
        if value == nil, !unset { throw ConfigurationError.valueMissing(option) }
        try common.edit { configuration, level, directory in
            let value = unset ? nil : value
            try configuration.modifyRemote(name, option, to: value, level: level, workingDirectory: directory)
        }
    }
}

struct RemoteRemove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a remote; its data stays.",
        discussion: "Example: apus remote remove storage"
    )
    @OptionGroup var common: RemoteOptions
    @Argument(help: "The remote.", completion: .remotes) var name: String

    func run() throws {
        try common.edit { configuration, level, _ in
            try configuration.removeRemote(name, level: level ?? .project)
        }
    }
}

struct RemoteRename: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Rename a remote.",
        discussion: "Example: apus remote rename storage backup"
    )
    @OptionGroup var common: RemoteOptions
    @Argument(help: "The remote.", completion: .remotes) var name: String
    @Argument(help: "Its new name.") var newName: String

    func run() throws {
        try common.edit { configuration, level, _ in
            try configuration.renameRemote(name, to: newName, level: level ?? .project)
        }
    }
}

struct RemoteDefault: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "default",
        abstract: "Get or set the default remote.",
        discussion: "Example: apus remote default storage"
    )
    @OptionGroup var common: RemoteOptions
    @Flag(name: .shortAndLong, help: "Have no default remote.") var unset = false
    @Argument(help: "The remote to make the default.", completion: .remotes) var name: String?

    func run() throws {
        if name == nil, !unset { return try show() }
        try common.edit { configuration, level, _ in
            try configuration.setDefaultRemote(unset ? nil : name, level: level)
        }
    }

    private func show() throws {
        let scope = try ConfigurationScope(common.options)
        _ = try scope.levels(common.levels.level)
        guard let name = try scope.configuration.defaultRemoteName(of: common.levels.level) else {
            Console.write("No default remote set\n")
            throw ExitCode(1)
        }
        Console.write(name + "\n")
    }
}

/// A line of columns whose tabs were replaced by blanks up to each eighth cell, as DVC shows remotes.
enum TabbedLine {
    static func text(_ columns: [String]) -> String {
        var line = ""
        var width = 0
        for (index, column) in columns.enumerated() {
            line += column
            width += column.unicodeScalars.count
            if index == columns.count - 1 { break }
            let blanks = 8 - width % 8
            line += String(repeating: " ", count: blanks)
            width += blanks
        }
        return line
    }
}
