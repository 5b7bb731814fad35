import ArgumentParser
import Configuration
import Projects

/// Reads and changes settings.
struct Config: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Get or set a setting.",
        discussion: "Example: apus config core.autostage true"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var levels: LevelOptions
    @Flag(name: .shortAndLong, help: "Remove the setting.") var unset = false
    @Flag(name: .shortAndLong, help: "List all settings.") var list = false
    @Flag(help: "Show the file each setting comes from.") var showOrigin = false
    @Argument(help: "section.option, or remote.NAME.option.") var name: String?
    @Argument(help: "The new value.") var value: String?

    func validate() throws {
        if list, name != nil || value != nil { throw ValidationError("--list takes no name") }
        if !list, name == nil { throw ValidationError("a name is needed, or --list") }
        if unset, value != nil { throw ValidationError("--unset takes no value") }
    }

    func run() throws {
        let project = try options.openProject()
        var configuration = project.configuration
        guard let name else { return try show(configuration, project) }
        let (section, key) = try Self.split(name)
        let level = levels.level ?? .project
        if unset {
            try configuration.unset(key, in: section, level: level)
        } else if let value {
            let directory = project.environment.workingDirectory
            try configuration.set(key, in: section, to: value, level: level, workingDirectory: directory)
        } else {
            return try print(key, section, configuration, project)
        }
        try configuration.validate()
        try configuration.save()
    }

    private func print(_ key: String, _ section: SectionName, _ configuration: Configuration, _ project: Project) throws
    {
        let setting =
            try levels.level.map { try configuration.setting(key, in: section, of: $0) }
            ?? configuration.setting(key, in: section)
        guard let setting else { throw ConfigurationError.optionMissing(key, section) }
        Console.write(origin(setting, project) + setting.value.description + "\n")
    }

    private func show(_ configuration: Configuration, _ project: Project) throws {
        for level in levels.level.map({ [$0] }) ?? Configuration.Level.allCases {
            for (name, setting) in try configuration.listing(of: level) {
                Console.write("\(origin(setting, project))\(name)=\(setting.value)\n")
            }
        }
    }

    private func origin(_ setting: Configuration.Setting, _ project: Project) -> String {
        showOrigin ? project.shown(setting.path) + "\t" : ""
    }

    private static func split(_ name: String) throws -> (SectionName, String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 3, parts[0] == "remote" { return (.remote(parts[1]), parts[2]) }
        guard parts.count == 2 else { throw ValidationError("name argument should look like section.option") }
        return (SectionName(parts[0]), parts[1])
    }
}
