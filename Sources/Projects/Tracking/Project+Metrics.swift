import Basics
import Git
import Metafiles
import OrderedCollections
import Pipelines
package import Tracking
import Values

extension Project {
    /// The metrics of a scope; those of the workspace go where the branch that is checked out has the same.
    package func metrics(_ targets: [String] = [], in scope: RevisionScope = RevisionScope()) throws -> MetricsShow {
        let found = try trackedFiles(scope) { $0.metrics(targets) }
        let metrics = MetricsShow(OrderedDictionary(found.map { ($0.name, $0.files) }) { first, _ in first })
        guard let branch = git?.currentBranchName else { return metrics }
        return metrics.hidingWorkspace(sameAs: branch)
    }

    /// How the metrics of two revisions differ.
    package func metricsDiff(
        _ old: String = "HEAD",
        _ new: String = RevisionScope.workspace,
        targets: [String] = [],
        all: Bool = false
    ) throws -> RevisionDiff {
        try diff(of: .metrics, old, new, all: all) { $0.metrics(targets) }
    }
}

extension Snapshot {
    /// The values of metrics files by the paths to show: the targets, else those of stages and listed under `metrics`.
    func metrics(_ targets: [String]) -> TrackedFiles {
        var paths = targets.map(project.absolute)
        if targets.isEmpty {
            paths = index.stages.flatMap(\.outputs).filter(\.entry.isMetric).map(\.path)
            for pipeline in index.pipelines {
                paths += pipeline.file.metrics.compactMap(\.string).map { Paths.absolute($0, from: pipeline.folder) }
            }
        }
        var contents: OrderedDictionary<String, TrackedFiles.Content> = [:]
        for path in OrderedSet(paths.flatMap(expand)) { contents[path] = content { $0 }(path) }
        return TrackedFiles(contents: shown(contents))
    }
}
