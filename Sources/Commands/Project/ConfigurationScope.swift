import Basics
import Configuration
import Projects

/// The settings that a command shows or changes, in a project or outside of one.
struct ConfigurationScope {
    var configuration: Configuration
    /// Nil outside of a project.
    let root: String?
    let workingDirectory: String

    init(_ options: GlobalOptions) throws {
        let environment = try options.environment()
        (configuration, root) = try Project.configuration(environment)
        workingDirectory = environment.workingDirectory
    }

    /// The levels to read, weakest first: the one that was chosen, or all there are.
    func levels(_ chosen: Configuration.Level?) throws -> [Configuration.Level] {
        let isOfProject = chosen == .project || chosen == .local
        if isOfProject, root == nil { throw ConfigurationError.outsideProject }
        if let chosen { return [chosen] }
        return Configuration.Level.allCases.filter { root != nil || $0 < .project }
    }

    /// The file of a setting as it is shown: the project's ones relative to its root.
    func shown(_ path: String) -> String {
        root.flatMap { Paths.inside(path, of: $0) } ?? path
    }
}
