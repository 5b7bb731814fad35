import Git

extension Project {
    /// A commit, under the first name it was found by.
    struct NamedCommit {
        let name: String
        let commit: String
    }

    /// The commits that are meant, each once, in the order they are found.
    func commits(in scope: RevisionScope) throws -> [NamedCommit] {
        if scope.isWorkspaceOnly { return [] }
        guard let git else { throw ProjectError.requiresGit }
        var found: [NamedCommit] = []
        if let revision = scope.revision {
            found += try git.commits(from: revision, count: scope.count).map { NamedCommit(name: revision, commit: $0) }
        }
        if scope.allCommits {
            found += try git.allCommits().map { NamedCommit(name: String($0.prefix(7)), commit: $0) }
        } else {
            if scope.allBranches {
                for branch in try git.branches() {
                    let commits = try git.commits(from: branch.commit, count: scope.count)
                    found += commits.map { NamedCommit(name: branch.name, commit: $0) }
                }
            }
            if scope.allTags { found += try git.tags().map { NamedCommit(name: $0.name, commit: $0.commit) } }
            if let since = scope.since {
                found += try git.commits(since: since).map { NamedCommit(name: String($0.prefix(7)), commit: $0) }
            }
        }
        if scope.allExperiments {
            found += try git.experimentCommits().map { NamedCommit(name: String($0.prefix(7)), commit: $0) }
        }
        var seen: Set<String> = []
        return found.filter { seen.insert($0.commit).inserted }
    }
}
