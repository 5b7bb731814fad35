import Basics
import Git
import OrderedCollections

extension Project {
    /// The files of a commit or of the workspace, under the name that answers give them.
    package struct NamedSource: Sendable {
        package let name: String
        package let files: any FileSource
    }

    /// The workspace and the commits of a scope, one commit once under all its names.
    ///
    /// Commits from before the project was in its folder are left out. Without commits the workspace has no name.
    package func sources(_ scope: RevisionScope) throws -> [NamedSource] {
        if scope.isWorkspaceOnly { return [NamedSource(name: "", files: WorkspaceFiles())] }
        var sources = [NamedSource(name: RevisionScope.workspace, files: WorkspaceFiles())]
        guard let git else {
            // As in DVC all branches of no repository are none.
            if scope.revisions.allSatisfy({ $0 == RevisionScope.workspace }) { return sources }
            throw ProjectError.requiresGit
        }
        var names: OrderedDictionary<String, OrderedSet<String>> = [:]
        for found in try commits(in: scope) { names[found.commit, default: []].append(found.name) }
        for (commit, names) in names {
            let files = try RevisionFiles(commit, of: git)
            guard try files.kind(of: root) == .directory else { continue }
            sources.append(NamedSource(name: names.joined(separator: ","), files: files))
        }
        return sources
    }

    /// The Git repository, in which there may be no commit yet.
    func requiredGit() throws -> Repository {
        guard let git else { throw ProjectError.requiresGit }
        return git
    }
}
