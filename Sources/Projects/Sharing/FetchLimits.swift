import Basics
import Metafiles
import OrderedCollections
import Pipelines
import Values

/// Which outputs a fetch leaves out.
package struct FetchLimits: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case metrics
        case plots
    }

    /// Outputs of so many bytes or more are left out; 0 is no limit.
    package var size = 0
    /// Only outputs of one of the kinds are fetched, unless there are none.
    package var kinds: Set<Kind> = []

    package init() {}

    func allow(_ candidate: Project.Candidate) -> Bool {
        let entry = candidate.output.entry
        if size != 0, let own = entry.size, own > 0, own >= size { return false }
        if kinds.isEmpty { return true }
        if kinds.contains(.metrics), entry.isMetric { return true }
        if kinds.contains(.plots), entry.isPlot { return true }
        return listed(in: candidate.index).contains { path in
            Paths.isSameOrInside(path, candidate.output.path) || Paths.isSameOrInside(candidate.output.path, path)
        }
    }

    /// The files of the kinds that pipelines list outside of their stages.
    private func listed(in index: StageIndex) -> [String] {
        index.pipelines.flatMap { pipeline in
            var files: [String] = []
            if kinds.contains(.metrics) { files += pipeline.file.metrics.compactMap(\.string) }
            if kinds.contains(.plots) { files += pipeline.file.plots.flatMap(Self.sources) }
            return files.map { Paths.absolute($0, from: pipeline.folder) }
        }
    }

    /// The files that a plot is drawn from: those named for its axes, else its own name.
    private static func sources(_ plot: Value) -> [String] {
        if let path = plot.string { return [path] }
        return (plot.map ?? [:]).flatMap { name, properties in
            let files = [properties["x"], properties["y"]].compactMap { $0?.map }.flatMap { $0.keys.map(\.text) }
            return files.isEmpty ? [name.text] : files
        }
    }
}
