package import Basics

/// What is wrong with a configuration file or with a change to it.
package enum ConfigurationError: HintedError, Hashable, Sendable, CustomStringConvertible {
    /// A fault at a line of a file.
    package struct Problem: Hashable, Sendable, CustomStringConvertible {
        package let path: String
        /// Counted from one; 0 when no line is to blame.
        package let line: Int
        package let message: String
        /// What was meant, where that can be guessed.
        package let hint: String?

        package init(path: String, line: Int, message: String, hint: String? = nil) {
            self.path = path
            self.line = line
            self.message = message
            self.hint = hint
        }

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
    case remoteMissing(String, near: String? = nil)
    /// A remote that an option or a `remote://` URL names does not exist.
    case remoteNotFound(String, near: String? = nil)
    case remoteExists(String)
    case renameTargetExists(String)
    case defaultNotListed(near: String? = nil)
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
        case .remoteMissing(let name, _): "config file error: remote '\(name)' doesn't exist."
        case .remoteNotFound(let name, _): "config file error: remote '\(name)' doesn't exist"
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

    package var hint: String? {
        switch self {
        case .syntax: "correct the file, then run the command again"
        case .invalid(let problem):
            problem.hint ?? "'apus config --list --show-origin' shows where each setting comes from"
        case .sectionMissing, .optionMissing:
            "'apus config --list --show-origin' shows what is set, and where"
        case .remoteMissing(_, let near), .remoteNotFound(_, let near), .defaultNotListed(let near):
            near.map { "did you mean '\($0)'?" }
                ?? "'apus remote list' names the remotes; add one with 'apus remote add NAME URL'"
        case .renameTargetExists(let name): "take another name, or remove that remote: apus remote remove \(name)"
        case .circularRemote: "give one of them a URL of its own: apus remote modify NAME url URL"
        case .outsideProject: "set it for all your projects with --global, or go into a project first"
        case .valueMissing, .remoteExists, .unquotable, .file: nil
        }
    }

    private static func noun(_ section: SectionName) -> String {
        section.kind == .plain ? "section" : section.kind.rawValue
    }
}
