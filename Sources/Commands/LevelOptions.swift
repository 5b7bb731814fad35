import ArgumentParser
import Configuration

/// Which configuration file a command reads or writes.
struct LevelOptions: ParsableArguments {
    @Flag(help: "Use the user's configuration.") var global = false
    @Flag(help: "Use the system's configuration.") var system = false
    @Flag(help: "Use the project's configuration (.dvc/config).") var project = false
    @Flag(help: "Use the project's private configuration (.dvc/config.local).") var local = false

    func validate() throws {
        if [global, system, project, local].count(where: \.self) > 1 {
            throw ValidationError("--global, --system, --project and --local exclude each other")
        }
    }

    /// The level chosen; nil when none was.
    var level: Configuration.Level? {
        if global { return .global }
        if system { return .system }
        if project { return .project }
        return local ? .local : nil
    }
}
