/// The data a command is about.
package struct DataSelection: Sendable {
    /// Outputs, files inside of them, stages or metafiles; all data without any.
    package var targets: [String]
    package var options: Project.TargetOptions
    package var revisions: RevisionScope
    /// The remote for data that has none of its own; the default one when nil.
    package var remote: String?

    package init(
        targets: [String] = [],
        options: Project.TargetOptions = Project.TargetOptions(),
        revisions: RevisionScope = RevisionScope(),
        remote: String? = nil
    ) {
        self.targets = targets
        self.options = options
        self.revisions = revisions
        self.remote = remote
    }
}
