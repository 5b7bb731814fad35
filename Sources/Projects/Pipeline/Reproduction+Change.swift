import Basics
import Metafiles
import ObjectStore
import OrderedCollections
import Tracking

extension Reproduction {
    /// How a stage differs from what is recorded of it.
    enum Change {
        case none
        /// Only data is missing: dependencies that are not there, outputs that are not there or not in the cache.
        case missingData(String)
        /// With the first reason that was found, for people.
        case changed(String)

        var reason: String? {
            switch self {
            case .none: nil
            case .missingData(let reason), .changed(let reason): reason
            }
        }
    }

    func change(of stage: Stage, upstream: [Stage]) throws -> Change {
        if stage.hasChangedCommand { return .changed("its command is new or has changed") }
        var result = Change.none
        if !stage.isFrozen {
            if stage.isCallback || stage.isAlwaysChanged { return .changed("it runs every time") }
            for dependency in stage.dependencies {
                guard let state = try project.state(of: dependency) else { continue }
                let reason = "\(state.words) '\(project.shown(dependency.path))'"
                if state != .word("deleted") || isRemade(dependency, by: upstream) { return .changed(reason) }
                result = .missingData(reason)
            }
        }
        for output in stage.outputs {
            guard let word = try project.word(for: output) else { continue }
            let reason = "\(word) output '\(project.shown(output.path))'"
            if word != "deleted", word != "not in cache" { return .changed(reason) }
            result = .missingData(reason)
        }
        return result
    }

    /// Whether a missing dependency is an output that now is another one than the stage last read.
    private func isRemade(_ dependency: Dependency, by upstream: [Stage]) -> Bool {
        upstream.contains { stage in
            stage.outputs.contains { $0.path == dependency.path && $0.object != dependency.entry.object }
        }
    }

    // MARK: Earlier runs

    /// Restores the outputs of the last run, or of any run of the same command on the same data.
    func restore(_ task: inout StageTask, _ name: String) throws -> Bool {
        guard let entry = try earlierRun(&task) else { return false }
        let outputs = task.stage.outputs.compactMap { output -> Output? in
            guard let recorded = entry.outputs.first(where: { $0.path == output.entry.path }) else { return nil }
            var output = output
            for (key, value) in recorded.fields { output.entry.fields[key] = value }
            return output
        }
        if options.pull, !options.dry { _ = try project.bringObjects(of: outputs) }
        for output in outputs {
            if try !project.isCached(output) { return false }
        }
        say("Stage '\(name)' is cached - skipping run, checking out outputs\n")
        if options.dry { return true }
        for output in outputs { try checkout(output) }
        return true
    }

    private func earlierRun(_ task: inout StageTask) throws -> LockEntry? {
        if try isRecorded(task.stage) { return task.stage.isCacheable ? task.stage.newLockEntry : nil }
        if !options.usesRunCache { return nil }
        if !options.dry { try project.recordDependencies(of: &task.stage) }
        return task.stage.isCacheable ? try runCache.newest(task.stage.newLockEntry) : nil
    }

    /// Whether nothing but outputs may have changed since the stage was recorded.
    private func isRecorded(_ stage: Stage) throws -> Bool {
        if stage.hasChangedCommand { return false }
        for output in stage.outputs where output.entry.hash == nil { return false }
        for dependency in stage.dependencies where try project.state(of: dependency) != nil { return false }
        return true
    }

    private func checkout(_ output: Output) throws {
        guard let id = output.object else { return }
        try project.requireOwn(output)
        var workspace = project.workspace(for: output)
        // What Git versions must not be a link into the cache.
        if !output.entry.usesCache { workspace.linkTypes = [.copy] }
        let result = try workspace.checkout(
            id,
            to: output.path,
            isExecutable: output.entry.isExecutable,
            loss: .force
        )
        if !result.isComplete { throw ProjectError.incompleteCheckout([project.shown(output.path)]) }
    }

    // MARK: Remotes

    /// Brings outputs from the remote into the cache and the workspace; false when some data is nowhere.
    func bring(_ outputs: [Output]) throws -> Bool {
        let cached = outputs.filter(\.entry.usesCache)
        // What was never recorded cannot be anywhere.
        if cached.contains(where: { $0.object == nil }) { return false }
        if try !project.bringObjects(of: cached) { return false }
        for output in cached {
            if try !project.isCached(output) { return false }
        }
        for output in cached { try checkout(output) }
        return true
    }

    /// Brings the dependencies that are missing and are outputs of other stages.
    func bringDependencies(of stage: Stage) throws {
        let missing = stage.dependencies.filter { $0.kind == .file && !Files.exists($0.path) }
        if missing.isEmpty { return }
        for output in outputs(at: missing.map(\.path)) where try !bring([output]) {
            throw ProjectError.incompleteCheckout([project.shown(output.path)])
        }
    }
}

extension StageStatus.State {
    /// What changed, as one says it of a file.
    fileprivate var words: String {
        switch self {
        case .word(let word): word
        case .keys(let changes): changes.map { "\($0.word) \($0.key)" }.joined(separator: ", ") + " in"
        }
    }
}
