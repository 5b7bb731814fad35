import ArgumentParser
import Configuration
import Projects

/// Reads and changes settings.
struct Config: ParsableCommand, NumberTaking {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Get or set a setting.",
        discussion: "Example: apus config core.autostage true"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var levels: LevelOptions
    @Flag(name: .shortAndLong, help: "Remove the setting.") var unset = false
    @Flag(name: .shortAndLong, help: "List all settings.") var list = false
    @Flag(help: "Show the file each setting comes from.") var showOrigin = false
    @Argument(help: "section.option, or remote.NAME.option.", completion: .list(ConfigurationSchema.names))
    var name: String?
    @Argument(help: "The new value.") var value: String?

    func run() throws {
        try checkCombination()
        let setting = try name.map(Self.split)
        var scope = try ConfigurationScope(options)
        guard let (section, key) = setting else { return try show(scope) }
        let level = levels.level ?? .project
        if unset {
            try scope.configuration.unset(key, in: section, level: level)
        } else if let value {
            let directory = scope.workingDirectory
            try scope.configuration.set(key, in: section, to: value, level: level, workingDirectory: directory)
            if "\(section).\(key)" == "cache.type" {
                Console.note("hint: 'apus checkout --relink' links the files of the workspace anew")
            }
        } else {
            return try print(key, section, scope)
        }
        try scope.configuration.save()
    }

    private func checkCombination() throws {
        if showOrigin, value != nil || unset {
            throw Refusal("--show-origin goes neither with --unset nor with a value")
        }
        if list, name != nil || unset { throw Refusal("--list goes with none of --unset, a name, and a value") }
        if !list, name == nil { throw Refusal("a name is needed, or --list") }
    }

    private func print(_ key: String, _ section: SectionName, _ scope: ConfigurationScope) throws {
        for level in try scope.levels(levels.level).reversed() {
            guard let setting = try scope.configuration.setting(key, in: section, of: level) else { continue }
            return Console.write(origin(setting, scope) + setting.value.description + "\n")
        }
        if levels.level != nil { throw ConfigurationError.optionMissing(key, section) }
    }

    private func show(_ scope: ConfigurationScope) throws {
        for level in try scope.levels(levels.level) {
            for (name, setting) in try scope.configuration.listing(of: level) {
                Console.write("\(origin(setting, scope))\(name)=\(setting.value)\n")
            }
        }
    }

    private func origin(_ setting: Configuration.Setting, _ scope: ConfigurationScope) -> String {
        showOrigin ? scope.shown(setting.path) + "\t" : ""
    }

    private static func split(_ name: String) throws -> (SectionName, String) {
        let parts = name.lowercased().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 3, parts[0] == "remote" { return (.remote(parts[1]), parts[2]) }
        if parts.count == 3, parts[0] == "db" { return (SectionName(.database, parts[1]), parts[2]) }
        guard parts.count == 2 else {
            throw UsageError(
                "'\(name)' is no name of a setting",
                hint: "it has the form section.option or remote.NAME.option, such as core.remote"
            )
        }
        return (SectionName(parts[0]), parts[1])
    }
}
