import ArgumentParser
import Basics
import Configuration
import Git
import Glibc
import Projects

/// What every command takes.
struct GlobalOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more, such as why a stage runs.")
    var verbose: Int

    @Option(name: .customLong("cd"), help: ArgumentHelp("Run as if started in <path>.", valueName: "path"))
    var directory: String?

    @Flag(help: ArgumentHelp("Wait for other commands on the project, which is done in any case.", visibility: .hidden))
    var waitForLock = false

    /// Opens the project around the current directory, or the one named by `--cd`.
    ///
    /// With `orFolder`, what is no project is opened as one without settings and data.
    func openProject(orFolder: Bool = false) throws -> Project { try Project(environment(), orFolder: orFolder) }

    func environment() throws -> Project.Environment {
        Project.Environment(
            workingDirectory: try workingDirectory(),
            outerConfiguration: Self.outerConfiguration,
            home: Self.variable("HOME"),
            userConfiguration: Self.userConfiguration,
            gitConfiguration: Self.gitConfiguration,
            onWait: { Console.note($0) }
        )
    }

    func workingDirectory() throws -> String {
        if let directory, chdir(directory) != 0 { throw UnreachableDirectory(error: FileError("enter", directory)) }
        guard let path = Files.canonical(".") else { throw FileError("find the current directory", ".") }
        return path
    }

    func say(_ text: String) {
        if !quiet { Console.write(text) }
    }

    /// Where DVC looks for the user's and the system's files.
    static var outerConfiguration: [Configuration.Level: String] {
        let user = variable("DVC_GLOBAL_CONFIG_DIR") ?? userConfiguration.map { Paths.join($0, "dvc") }
        let system = variable("DVC_SYSTEM_CONFIG_DIR") ?? "/etc/xdg/dvc"
        var paths: [Configuration.Level: String] = [.system: Paths.join(system, "config")]
        if let user { paths[.global] = Paths.join(user, "config") }
        return paths
    }

    /// The folder of the user's settings of all programs.
    static var userConfiguration: String? {
        variable("XDG_CONFIG_HOME") ?? variable("HOME").map { Paths.join($0, ".config") }
    }

    /// Git's settings outside of repositories; nil where only Git knows which there are.
    private static var gitConfiguration: Repository.OuterConfiguration? {
        if ["GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS"].contains(where: { variable($0) != nil }) { return nil }
        guard let system = variable("GIT_CONFIG_SYSTEM") ?? systemGitConfiguration else { return nil }
        let home = variable("HOME")
        let user = [userConfiguration.map { Paths.join($0, "git/config") }, home.map { Paths.join($0, ".gitconfig") }]
        let global = variable("GIT_CONFIG_GLOBAL").map { [$0] } ?? user.compactMap(\.self)
        let isWithoutSystem = ["1", "true", "yes", "on"].contains(variable("GIT_CONFIG_NOSYSTEM")?.lowercased())
        return Repository.OuterConfiguration(files: (isWithoutSystem ? [] : [system]) + global, home: home)
    }

    /// The system's settings of the Git on PATH, where it is installed in a usual place.
    private static var systemGitConfiguration: String? {
        let folders = variable("PATH")?.split(separator: ":") ?? []
        let program = folders.lazy.map { Paths.join(String($0), "git") }.first { access($0, X_OK) == 0 }
        switch program.flatMap(Files.canonical) {
        case "/usr/bin/git": return "/etc/gitconfig"
        case "/usr/local/bin/git": return "/usr/local/etc/gitconfig"
        default: return nil
        }
    }

    static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// The directory given by `--cd` cannot be entered.
struct UnreachableDirectory: Error, CustomStringConvertible {
    let error: FileError

    var description: String { error.description }
}
