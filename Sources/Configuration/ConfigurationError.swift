package import Basics

/// What is wrong with a configuration file or with a change to it.
package enum ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A fault at a line of a file.
    package struct Problem: Hashable, Sendable, CustomStringConvertible {
        package let path: String
        /// Counted from one; 0 when no line is to blame.
        package let line: Int
        package let message: String

        package var description: String {
            line == 0 ? "\(path): error: \(message)" : "\(path):\(line): error: \(message)"
        }
    }

    /// The file cannot be read as a configuration; at least one problem.
    case syntax([Problem])
    /// A setting is unknown or has a bad value.
    case invalid(Problem)
    case sectionMissing(SectionName)
    case optionMissing(String, SectionName)
    /// An option was to be set without saying to what.
    case valueMissing(String)
    case remoteMissing(String)
    /// A remote that an option or a `remote://` URL names does not exist.
    case remoteNotFound(String)
    case remoteExists(String)
    case renameTargetExists(String)
    case defaultNotListed
    /// Remotes refer to each other in a circle.
    case circularRemote(String)
    /// The text cannot be written in any kind of quotes.
    case unquotable(SectionName, String)
    /// A level that needs a project, outside one.
    case outsideProject
    case file(FileError)

    /// Whether the description starts with a place in a file.
    package var hasPlace: Bool {
        switch self {
        case .syntax, .invalid: true
        default: false
        }
    }

    /// DVC's words, behind the place of a fault that has one.
    package var description: String {
        switch self {
        case .syntax(let problems):
            problems.map(\.description).joined(separator: "\n")
        case .invalid(let problem):
            problem.description
        case .sectionMissing(let section):
            "config file error: \(Self.noun(section)) '\(section.name)' doesn't exist"
        case .optionMissing(let option, let section):
            "config file error: option '\(option)' doesn't exist in \(Self.noun(section)) '\(section.name)'"
        case .valueMissing(let option): "config file error: '\(option)' needs a value; --unset removes it"
        case .remoteMissing(let name): "config file error: remote '\(name)' doesn't exist."
        case .remoteNotFound(let name): "config file error: remote '\(name)' doesn't exist"
        case .remoteExists(let name):
            "config file error: remote '\(name)' already exists. Use `-f|--force` to overwrite it."
        case .renameTargetExists(let name):
            "config file error: Rename failed. Remote name '\(name)' already exists."
        case .defaultNotListed: "config file error: default remote must be present in remote list."
        case .circularRemote(let name): "config file error: remote '\(name)' refers to itself"
        case .unquotable(let section, let key):
            "config file error: the value of '\(section).\(key)' has too many kinds of quotes to be written"
        case .outsideProject: "config file error: Not inside a DVC repo"
        case .file(let error): error.description
        }
    }

    private static func noun(_ section: SectionName) -> String {
        section.kind == .plain ? "section" : section.kind.rawValue
    }
}
