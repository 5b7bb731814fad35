package import Metafiles
package import Pipelines
package import Values

/// A file or directory that a stage writes, or that was put under version control by hand.
package struct Output: Sendable {
    /// Absolute and normalized; a URL when it is not on this machine.
    package let path: String
    /// As the metafile states it, relative to the stage's working directory.
    package let definedPath: String
    /// What `dvc.lock` or the `.dvc` file records.
    package var entry: Entry
    package let usesCache: Bool
    package let isPersistent: Bool
    package let isMetric: Bool
    package let isPlot: Bool
    package let isPushed: Bool
    /// The only remote this output is pushed to and fetched from; nil for the default one.
    package let remote: String?
    /// Whether the path lies in the project, and so may be written.
    package let isInProject: Bool

    package var recorded: RecordedContent? { entry.content }
}
