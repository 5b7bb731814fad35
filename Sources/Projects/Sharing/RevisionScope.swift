/// Which commits a command looks at beside the workspace.
package struct RevisionScope: Sendable {
    package var allBranches = false
    package var allTags = false
    package var allCommits = false
    package var allExperiments = false
    /// A branch, tag or id.
    package var revision: String?
    /// How many commits back, that one counted, from the revision and from each branch; all when negative.
    package var count = 1
    /// All commits made at so many seconds since 1970 or later.
    package var since: Int?

    package init() {}

    package init(allBranches: Bool, allTags: Bool, allCommits: Bool) {
        self.allBranches = allBranches
        self.allTags = allTags
        self.allCommits = allCommits
    }

    /// Whether no commit is meant.
    package var isWorkspaceOnly: Bool {
        !allBranches && !allTags && !allCommits && !allExperiments && revision == nil && since == nil
    }
}
