import Basics
import Metafiles
package import ObjectStore
package import Tracking

extension Project {
    /// What a checkout did to outputs, and what it could not do.
    package struct CheckoutOutcome: Sendable {
        package var changes = CheckoutChanges()
        package var summary = TransferSummary()
        /// Outputs of which objects are not in the cache, or nothing was ever recorded.
        package var failed: [String] = []
        /// Outputs of another revision that stay because the cache lacks their content.
        package var kept: [String] = []
    }

    /// Makes the outputs in the workspace what their metafiles record.
    ///
    /// Without targets, outputs that an earlier command put there and that are not recorded any more are removed.
    /// Before any output changes, the policy decides about data of all of them that is not in the cache.
    package func checkout(
        _ targets: [String],
        _ options: TargetOptions = TargetOptions(),
        relink: Bool = false,
        loss: LossPolicy
    ) throws -> CheckoutOutcome {
        var outcome = CheckoutOutcome()
        let index = try collect()
        if targets.isEmpty { try removeLeftovers(index, &outcome) }
        var tasks: [CheckoutTask] = []
        for selection in try select(targets, in: index, options) {
            let (stage, filter) = (index.stages[selection.position], selection.filter)
            for output in stage.outputs(holding: filter) where output.entry.usesCache {
                guard let id = output.object else {
                    outcome.failed.append(shown(output.path))
                    continue
                }
                try requireOwn(output)
                let subpath = filter.flatMap { Paths.inside($0, of: output.path) }
                tasks.append(CheckoutTask(output: output, id: id, subpath: subpath, relink: relink))
            }
        }
        let loss = try decide(&tasks, loss)
        for task in tasks {
            let result = try task.run(in: workspace(for: task.output), loss)
            outcome.take(result, of: display(task.output.path))
            if task.subpath == nil, result.isComplete {
                links.set(task.output.path, task.id, isLegacy: task.output.isLegacy)
            }
        }
        outcome.sort()
        return outcome
    }

    /// Asks the policy once about all data that would be lost; drops tasks that have nothing to do.
    private func decide(_ tasks: inout [CheckoutTask], _ loss: LossPolicy) throws -> LossPolicy {
        if case .force = loss { return loss }
        if tasks.count < 2 { return loss }
        var lost: [String] = []
        var open: [CheckoutTask] = []
        for task in tasks {
            if try Files.status(task.output.path) == nil {
                open.append(task)
                continue
            }
            let preview = try task.preview(in: workspace(for: task.output))
            lost += preview.lost
            if preview.hasChanges {
                open.append(task)
            } else if task.subpath == nil {
                links.set(task.output.path, task.id, isLegacy: task.output.isLegacy)
            }
        }
        tasks = open
        if lost.isEmpty { return .refuse }
        try loss.decide(lost)
        return .force
    }

    /// Removes outputs of another revision, as long as they are as they were put there.
    private func removeLeftovers(_ index: StageIndex, _ outcome: inout CheckoutOutcome) throws {
        let used = Set(index.stages.flatMap { $0.outputs.map(\.path) })
        for (path, content) in links.others(than: used) where isOwn(path) {
            guard try Files.status(path) != nil else {
                links.set(path, nil)
                continue
            }
            let workspace = workspace(at: path, isLegacy: content.isLegacy)
            guard let state = try? workspace.currentState(of: path), state.id == content.object else { continue }
            let name = display(path)
            do {
                // Not even by force when its object is gone from the cache.
                _ = try workspace.remove(path, loss: .refuse)
            } catch StoreError.wouldLoseData {
                outcome.kept.append(name)
                continue
            }
            links.set(path, nil)
            outcome.changes.deleted.append(name)
            outcome.summary.deleted += 1
        }
    }

    /// The path for a person: directories end in a slash.
    private func display(_ path: String) -> String {
        shown(path) + (Files.isDirectory(path) ? "/" : "")
    }
}

/// One output to be made what is recorded.
private struct CheckoutTask {
    let output: Output
    let id: ObjectID
    let subpath: String?
    let relink: Bool

    func run(in workspace: Workspace, _ loss: LossPolicy) throws -> CheckoutResult {
        try workspace.checkout(
            id,
            to: output.path,
            isExecutable: output.entry.isExecutable,
            subpath: subpath,
            relink: relink,
            loss: loss
        )
    }

    func preview(in workspace: Workspace) throws -> CheckoutPreview {
        try workspace.previewCheckout(
            id,
            to: output.path,
            isExecutable: output.entry.isExecutable,
            subpath: subpath,
            relink: relink
        )
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

    /// Directories first, each group by path.
    fileprivate mutating func sort() {
        func sorted(_ paths: [String]) -> [String] {
            paths.sorted { first, second in
                if first.hasSuffix("/") != second.hasSuffix("/") { return first.hasSuffix("/") }
                return first.unicodeScalars.lexicographicallyPrecedes(second.unicodeScalars)
            }
        }
        changes.modified = sorted(changes.modified)
        changes.added = sorted(changes.added)
        changes.deleted = sorted(changes.deleted)
    }
}
