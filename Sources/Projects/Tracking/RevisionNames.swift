/// The commits that a question is about.
package struct RevisionNames: Sendable {
    /// As typed; `workspace` stands for the files as they are, once.
    package var revisions: [String]
    package var allBranches: Bool
    package var allTags: Bool
    package var allCommits: Bool

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

    /// Whether no commits are meant, only the workspace.
    package var isWorkspaceOnly: Bool { revisions.isEmpty && !allBranches && !allTags && !allCommits }
}
