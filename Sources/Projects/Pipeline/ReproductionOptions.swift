/// What `repro` is asked to do.
package struct ReproductionOptions: Sendable {
    /// What a failing stage does to the others.
    package enum FailurePolicy: Sendable {
        case stop, keepGoing, ignore
    }

    package var targets: [String] = []
    /// Run stages even when nothing changed, and without the run cache.
    package var force = false
    /// Do not ask whether something changed; the run cache is looked at all the same.
    package var assumesChange = false
    /// Once a stage ran, run those that depend on it directly.
    package var forceDownstream = false
    /// Ask before each stage.
    package var isInteractive = false
    /// Only the targets, in the order given.
    package var singleItem = false
    /// Whole pipelines that the targets belong to.
    package var pipeline = false
    package var allPipelines = false
    package var isRecursive = false
    package var isPattern = false
    /// The targets and what depends on them.
    package var downstream = false
    /// Bring missing data from the default remote.
    package var pull = false
    /// Pass over stages whose data is only missing.
    package var allowMissing = false
    /// Only say what would run.
    package var dry = false
    package var onFailure = FailurePolicy.stop
    /// Put results into the cache.
    package var commits = true
    /// Look up and restore earlier runs.
    package var usesRunCache = true
    /// How many stages may run at a time.
    package var jobs = 1
    /// The program and flags that a command is handed to.
    package var shell = ["/bin/sh", "-c"]
    /// Whether `DVC_ROOT` is set by the caller already, and so is left alone.
    package var hasRoot = false

    package init() {}
}

/// What `repro` tells and asks while it runs; calls come from several threads.
package protocol ReproductionObserver: Sendable {
    /// Shows whole lines of progress.
    func say(_ text: String)
    func warn(_ line: String)
    /// Says why something is done, to those who want to know.
    func explain(_ line: String)
    func confirm(_ question: String) -> Bool
}

extension ReproductionObserver {
    package func explain(_ line: String) {}
}
