import Git

extension Project {
    /// A commit, under one of the names it was found by.
    struct NamedCommit {
        let name: String
        let commit: String
    }

    /// The commits that are meant, once for each way they are found, in that order.
    func commits(in scope: RevisionScope) throws -> [NamedCommit] {
        if scope.isWorkspaceOnly { return [] }
        var revisions = scope.revisions
        if let workspace = revisions.firstIndex(of: RevisionScope.workspace) { revisions.remove(at: workspace) }
        guard let git else { throw ProjectError.requiresGit }
        let unnamed = { (commits: [String]) in commits.map { NamedCommit(name: $0, commit: $0) } }
        var found: [NamedCommit] = []
        for revision in revisions {
            found += try git.commits(from: revision, count: scope.count).map { NamedCommit(name: revision, commit: $0) }
        }
        if scope.allCommits {
            found += unnamed(try git.allCommits())
        } else {
            for branch in scope.allBranches ? try git.branches() : [] {
                let commits = try git.commits(from: branch.commit, count: scope.count)
                found += commits.map { NamedCommit(name: branch.name, commit: $0) }
            }
            if scope.allTags { found += try git.tags().map { NamedCommit(name: $0.name, commit: $0.commit) } }
            if let since = scope.since { found += unnamed(try git.commits(since: since)) }
        }
        if scope.allExperiments { found += unnamed(try git.experimentCommits()) }
        return found
    }
}
