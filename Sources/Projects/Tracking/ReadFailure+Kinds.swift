import Parameters
import Tracking
import Values

extension ReadFailure {
    /// Nothing is at the path, which is relative to the project.
    static func missing(_ path: String) -> ReadFailure {
        ReadFailure(
            type: "FileNotFoundError",
            message: "[Errno 2] No such file or directory: '\(path)'",
            detail: "'\(path)' does not exist"
        )
    }

    /// What is recorded at the path is neither in the cache nor in a remote.
    static func notStored(_ path: String) -> ReadFailure {
        ReadFailure(
            type: "FileNotFoundError",
            message: "[Errno 2] No storage files available: '\(path)'",
            detail: "'\(path)' is not in the cache; 'apus fetch' may bring it"
        )
    }

    /// The listing of the recorded directory at the path is neither in the cache nor in a remote.
    static func notListed(_ path: String) -> ReadFailure {
        let parts = path.split(separator: "/").map { Value.string(String($0)).pythonRepr }
        let tuple = "(" + parts.joined(separator: ", ") + (parts.count == 1 ? ",)" : ")")
        return ReadFailure(
            type: "DataIndexDirError",
            message: "failed to load directory \(tuple)",
            detail: "the directory '\(path)' is not in the cache; 'apus fetch' may bring it"
        )
    }

    static func directory(_ path: String) -> ReadFailure {
        ReadFailure(type: "IsADirectoryError", message: "[Errno 21] Is a directory: '\(path)'")
    }

    /// The text is not in the language that the name of the file promises; `path` is DVC's for it.
    init(_ error: ParameterFileError, path: String) {
        let language =
            switch ParameterFile.Format(name: error.name) {
            case .yaml: "YAML"
            case .json: "JSON"
            case .toml: "TOML"
            case .python: "Python"
            }
        self.init(
            type: language + "FileCorruptedError",
            message: "unable to read: '\(path)', \(language) file structure is corrupted",
            detail: error.description
        )
    }

    /// The bytes are not text; `path` is DVC's for it.
    static func notText(_ name: String, path: String) -> ReadFailure {
        ReadFailure(
            type: "EncodingError",
            message: "unable to read: '\(path)', is not valid utf-8",
            detail: "\(name): error: the file is not UTF-8"
        )
    }

    /// Why the files of a revision cannot be found out: mostly a metafile that makes no sense.
    init(revision error: any Error) {
        let type = if case ProjectError.invalidMetafile = error { "YAMLValidationError" } else { "DvcException" }
        self.init(type: type, message: "\(error)", detail: "\(error)")
    }
}
