package import Metafiles

/// What went wrong in a project's verbs; the command line decides about words around it and the exit code.
package enum ProjectError: Error, Sendable {
    /// There is no `.dvc` directory here or above.
    case notAProject(mountPoint: String)
    /// `init` where a project is already.
    case alreadyInitialized(String)
    /// `init` outside of a Git repository without `--no-scm`.
    case notInGit
    case missingTarget(String)
    /// A path that lies outside of the project, or in its `.dvc` directory.
    case outsideProject(String)
    case trackedByGit(String)
    case overlapping(child: String, parent: String, metafile: String)
    case unknownTarget(String)
    case noRemote
    /// A remote on a protocol that has no implementation.
    case unsupportedRemote(String)
    case incompleteCheckout([String])
    case invalidMetafile(DiagnosticList)
    case metafileIgnored(String)
}

extension ProjectError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notAProject(let mountPoint):
            "you are not inside of a DVC repository (checked up to mount point '\(mountPoint)')"
        case .alreadyInitialized(let path): "'\(path)' exists. Use `-f` to force."
        case .notInGit: "failed to initiate DVC - not inside a Git repository"
        case .missingTarget(let path): "output '\(path)' does not exist"
        case .outsideProject(let path): "'\(path)' is outside of the project"
        case .trackedByGit(let path): "output '\(path)' is already tracked by SCM (e.g. Git)."
        case .overlapping(let child, let parent, let metafile):
            "cannot add '\(child)', because it overlaps with '\(parent)' of '\(metafile)'"
        case .unknownTarget(let target): "'\(target)' does not exist as an output or a stage name"
        case .noRemote: "no remote specified"
        case .unsupportedRemote(let url): "no support for the remote '\(url)'"
        case .incompleteCheckout(let paths): "checkout failed for: " + paths.joined(separator: ", ")
        case .invalidMetafile(let list): list.diagnostics.map(\.description).joined(separator: "\n")
        case .metafileIgnored(let path): "bad DVC file name '\(path)' is git-ignored."
        }
    }

    /// What the user can do about it.
    package var hint: String? {
        switch self {
        case .notAProject: "run 'apus init' in the top folder of your project"
        case .notInGit: "run 'git init' first, or 'apus init --no-scm' to do without Git"
        case .trackedByGit(let path):
            "to let DVC track it: git rm -r --cached '\(path)' && git commit -m \"stop tracking \(path)\""
        case .overlapping(_, _, let metafile): "to include it, run 'apus commit \(metafile)'"
        case .noRemote: "add one with 'apus remote add -d NAME URL'"
        case .unsupportedRemote: "only directories of this machine are supported as remotes so far"
        case .incompleteCheckout: "is the cache up to date? try 'apus fetch' or 'apus pull'"
        case .invalidMetafile(let list): list.diagnostics.first?.hint
        default: nil
        }
    }
}
