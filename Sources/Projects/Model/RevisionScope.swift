/// Which commits a command looks at beside the workspace.
package struct RevisionScope: Sendable {
    /// Branches, tags or ids, as typed; ``workspace`` stands for the files as they are.
    package var revisions: [String]
    package var allBranches: Bool
    package var allTags: Bool
    package var allCommits: Bool
    package var allExperiments = false
    /// How many commits back, that one counted, from each revision and from each branch; all when negative.
    package var count = 1
    /// All commits made at so many seconds since 1970 or later.
    package var since: Int?

    package init(
        revisions: [String] = [],
        allBranches: Bool = false,
        allTags: Bool = false,
        allCommits: Bool = false
    ) {
        self.revisions = revisions
        self.allBranches = allBranches
        self.allTags = allTags
        self.allCommits = allCommits
    }

    /// The name of the files as they are.
    package static let workspace = "workspace"

    /// Whether no commit is meant, and the workspace need not be told from any.
    package var isWorkspaceOnly: Bool {
        !allBranches && !allTags && !allCommits && !allExperiments && revisions.isEmpty && since == nil
    }
}
