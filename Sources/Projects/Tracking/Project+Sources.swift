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
    package func sources(_ scope: RevisionNames) throws -> [NamedSource] {
        if scope.isWorkspaceOnly { return [NamedSource(name: "", files: WorkspaceFiles())] }
        var names: OrderedDictionary<String, OrderedSet<String>> = [:]
        for (name, commit) in try commits(scope) { names[commit, default: []].append(name) }
        var sources = [NamedSource(name: RevisionNames.workspace, files: WorkspaceFiles())]
        guard let git else { return sources }
        for (commit, names) in names {
            let files = try RevisionFiles(commit, of: git)
            guard try files.kind(of: root) == .directory else { continue }
            sources.append(NamedSource(name: names.joined(separator: ","), files: files))
        }
        return sources
    }

    private func commits(_ scope: RevisionNames) throws -> [(name: String, commit: String)] {
        var revisions = scope.revisions
        if let workspace = revisions.firstIndex(of: RevisionNames.workspace) { revisions.remove(at: workspace) }
        guard let git else {
            if revisions.isEmpty { return [] }
            throw ProjectError.requiresGit
        }
        var commits = try revisions.map { (name: $0, commit: try git.resolve($0)) }
        if scope.allCommits { return commits + (try git.allCommits()).map { ($0, $0) } }
        if scope.allBranches { commits += try git.branches().map { ($0.name, $0.commit) } }
        if scope.allTags { commits += try git.tags().map { ($0.name, $0.commit) } }
        return commits
    }

    /// The Git repository, in which there may be no commit yet.
    func requiredGit() throws -> Repository {
        guard let git else { throw ProjectError.requiresGit }
        return git
    }
}
