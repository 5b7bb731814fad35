package import Basics

/// Why something of a Git repository could not be had.
package enum GitError: HintedError, Hashable, Sendable, CustomStringConvertible {
    /// No commit has this name.
    case unknownRevision(String)
    /// The path is not in the tree of the commit.
    case missingFile(path: String, revision: String)
    /// A `git` command failed; the message is its own.
    case commandFailed(command: String, message: String)
    /// The reader of objects ended or answered what nobody understands.
    case objectReaderFailed(String)
    /// The path is outside the work tree.
    case outsideRepository(path: String, root: String)
    /// A hook of this name is installed already.
    case hookExists(String)
    case file(FileError)

    package var description: String {
        switch self {
        case .unknownRevision(let name): "unknown Git revision '\(name)'"
        case .missingFile(let path, let revision): "no file '\(path)' in Git revision '\(revision)'"
        case .commandFailed(let command, let message): "'git \(command)' failed: \(message)"
        case .objectReaderFailed(let reason): "cannot read Git objects: \(reason)"
        case .outsideRepository(let path, let root): "'\(path)' is outside of git repository '\(root)'"
        case .hookExists(let name): "Hook '\(name)' already exists"
        case .file(let error): error.description
        }
    }

    package var hint: String? {
        switch self {
        case .unknownRevision:
            "'git branch --all', 'git tag' and 'git log' show what there is; 'git fetch' may bring it"
        case .hookExists(let name): "put it aside first: mv .git/hooks/\(name) .git/hooks/\(name).old"
        case .missingFile, .commandFailed, .objectReaderFailed, .outsideRepository, .file: nil
        }
    }
}
