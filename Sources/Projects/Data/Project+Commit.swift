import Basics
import Git
import Metafiles
import ObjectStore
import Tracking

extension Project {
    /// How `commit` works.
    package struct CommitOptions: Sendable {
        package var targets = TargetOptions()
        /// Whether changes are recorded without a question.
        package var isForced = false
        /// Whether files in the workspace are linked to the cache.
        package var relinks = true

        package init() {}
    }

    /// Records what is there now of stages and data, and brings it into the cache.
    ///
    /// `confirm` is asked about each stage that differs from what is recorded.
    package func commit(
        _ targets: [String],
        _ options: CommitOptions = CommitOptions(),
        confirm: (String) -> Bool
    ) throws -> ChangedFileNames {
        var changes = ChangedFileNames()
        for target in targets.isEmpty ? [nil] : targets.map(Optional.some) {
            let index = try collect()
            let selections = try select(target.map { [$0] } ?? [], in: index, options.targets)
            var start = 0
            while start < selections.count {
                // The stages of one file are written together, when all of them are committed.
                let file = index.stages[selections[start].position].id.metafile
                let end = selections[start...].firstIndex { index.stages[$0.position].id.metafile != file }
                let group = selections[start..<(end ?? selections.count)]
                let stages = try group.map { selection in
                    var stage = index.stages[selection.position]
                    try commit(&stage, filter: selection.filter, options, confirm, &changes)
                    return stage
                }
                for stage in stages { changes.text += try write(stage, changes: &changes) ?? "" }
                start += group.count
            }
        }
        return changes
    }

    private func commit(
        _ stage: inout Stage,
        filter: String?,
        _ options: CommitOptions,
        _ confirm: (String) -> Bool,
        _ changes: inout ChangedFileNames
    ) throws {
        var recording = RecordingOptions(relinks: options.relinks)
        if try options.isForced || isConfirmed(stage, confirm) {
            try recordDependencies(of: &stage)
            if let missing = stage.outputs.first(where: { !Files.exists($0.path) }) {
                throw ProjectError.missingOutput(shown(missing.path))
            }
            let keepsRun = stage.command != nil && stage.isCacheable
            recording.keepsUncached = keepsRun
            for position in stage.outputs.indices {
                recording.commits = stage.outputs[position].holds(filter)
                try record(&stage.outputs[position], recording, &changes)
            }
            if keepsRun { try RunCache(store: legacyStore).save(stage.newLockEntry) }
        } else {
            for output in stage.outputs(holding: filter) {
                guard Files.exists(output.path) else { throw ProjectError.missingOutput(shown(output.path)) }
                if !output.entry.usesCache { continue }
                try requireOwn(output)
                let addition = try workspace(for: output).add(output.path, relink: options.relinks)
                if addition?.isLinked == false { changes.unlinked.append(shown(output.path)) }
                if options.relinks { links.set(output.path, output.object, isLegacy: output.isLegacy) }
            }
        }
        if let filter, try Files.status(filter) == nil { throw StoreError.missing(filter) }
    }

    /// Whether the stage has changed and someone agreed to record that; throws when nobody did.
    private func isConfirmed(_ stage: Stage, _ confirm: (String) -> Bool) throws -> Bool {
        let dependencies = try stage.dependencies.filter { try state(of: $0) != nil }.map { shown($0.path) }
        let outputs = try stage.outputs.filter { output in
            try workspace(for: output).currentState(of: output.path)?.id != output.object || output.object == nil
        }.map { shown($0.path) }
        if dependencies.isEmpty, outputs.isEmpty, !stage.hasChangedCommand { return false }
        let name = stage.id.address(from: environment.workingDirectory)
        var parts: [String] = []
        if !dependencies.isEmpty { parts.append("dependencies \(dependencies.joined(separator: ", "))") }
        if !outputs.isEmpty { parts.append("outputs \(outputs.joined(separator: ", "))") }
        let what = parts.isEmpty ? "the definition" : parts.joined(separator: " and ")
        if confirm("\(what) of '\(name)' changed. Are you sure you want to commit it?") { return true }
        throw ProjectError.unconfirmed(stage: name)
    }
}

extension Output {
    /// Whether the output is, or holds, a path; all do without one.
    fileprivate func holds(_ path: String?) -> Bool {
        path.map { Paths.isSameOrInside($0, self.path) } ?? true
    }
}
