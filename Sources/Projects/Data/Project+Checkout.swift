import Basics
import Metafiles
package import ObjectStore
package import Tracking

extension Project {
    /// What a checkout did to outputs, and what it could not do.
    package struct CheckoutOutcome: Sendable {
        package var changes = CheckoutChanges()
        package var summary = TransferSummary()
        /// Outputs of which objects are not in the cache.
        package var failed: [String] = []
    }

    /// Makes the outputs in the workspace what their metafiles record.
    package func checkout(
        _ targets: [String],
        _ options: TargetOptions = TargetOptions(),
        relink: Bool = false,
        loss: LossPolicy
    ) throws -> CheckoutOutcome {
        var outcome = CheckoutOutcome()
        let index = try collect()
        for selection in try select(targets, in: index, options) {
            let (stage, filter) = (index.stages[selection.position], selection.filter)
            for output in stage.outputs(holding: filter) where output.entry.usesCache {
                guard let id = output.object else { continue }
                if !output.isInProject { throw ProjectError.outsideProject(output.entry.path) }
                let subpath = filter.flatMap { Paths.inside($0, of: output.path) }
                let result = try workspace(for: output).checkout(
                    id,
                    to: output.path,
                    isExecutable: output.entry.isExecutable,
                    subpath: subpath,
                    relink: relink,
                    loss: loss
                )
                outcome.take(result, of: display(output.path))
            }
        }
        return outcome
    }

    /// The path for a person: directories end in a slash.
    private func display(_ path: String) -> String {
        shown(path) + (Files.isDirectory(path) ? "/" : "")
    }
}

extension Project.CheckoutOutcome {
    fileprivate mutating func take(_ result: CheckoutResult, of path: String) {
        switch result.change {
        case .unchanged: break
        case .added: changes.added.append(path)
        case .modified: changes.modified.append(path)
        case .deleted: changes.deleted.append(path)
        }
        summary.added += result.added
        summary.modified += result.modified
        summary.deleted += result.deleted
        if !result.isComplete { failed.append(path) }
    }
}
