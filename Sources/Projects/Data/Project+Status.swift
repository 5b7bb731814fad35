import Basics
package import Metafiles
package import ObjectStore
import OrderedCollections
import Parameters
package import Tracking
import Values

extension Project {
    /// What of the stages differs from what is recorded; nil when the project has no stages.
    package func status(_ targets: [String], _ options: TargetOptions = TargetOptions()) throws -> Status? {
        let index = try collect()
        if index.stages.isEmpty, targets.isEmpty { return nil }
        let selections = try select(targets, in: index, options)
        return Status(
            stages: try selections.map { try status(of: index.stages[$0.position], filter: $0.filter) }
        )
    }

    /// What of one stage differs; with `filter`, of its outputs only those that hold the path.
    func status(of stage: Stage, filter: String? = nil) throws -> StageStatus {
        var changes: [StageStatus.Change] = []
        if !stage.isFrozen {
            let items = try stage.dependencies.compactMap(item)
            if !items.isEmpty { changes.append(.dependencies(items)) }
        }
        let items = try stage.outputs(holding: filter).compactMap(item)
        if !items.isEmpty { changes.append(.outputs(items)) }
        if stage.isCallback || stage.isAlwaysChanged { changes.append(.always) }
        if stage.hasChangedCommand { changes.append(stage.dataFile == nil ? .command : .checksum) }
        return StageStatus(stage: stage.id.address(from: environment.workingDirectory), changes: changes)
    }

    private func item(_ output: Output) throws -> StageStatus.Item? {
        try word(for: output).map { StageStatus.Item(path: shown(output.path), state: .word($0)) }
    }

    private func item(_ dependency: Dependency) throws -> StageStatus.Item? {
        try state(of: dependency).map { StageStatus.Item(path: shown(dependency.path), state: $0) }
    }

    /// How a dependency differs from what is recorded; nil when it does not, or cannot be looked at.
    func state(of dependency: Dependency) throws -> StageStatus.State? {
        switch dependency.kind {
        case .elsewhere: return nil
        case .file:
            guard let state = try currentState(of: dependency) else { return .word("deleted") }
            return dependency.entry.object == state.id ? nil : .word("modified")
        case .parameters(let keys):
            guard Files.exists(dependency.path) else { return .word("deleted") }
            guard let recorded = dependency.parameters else { return .word("new") }
            let current = try parameters(at: dependency.path, keys: keys).values
            let changed = Self.changedKeys(keys, recorded: recorded, current: current)
            return changed.isEmpty ? nil : .keys(changed)
        }
    }

    /// The keys in the order asked for; of a whole file first those in it, then those that are gone.
    private static func changedKeys(
        _ keys: [String],
        recorded: Value.Map,
        current: Value.Map
    ) -> [StageStatus.Changed] {
        var all = keys.map { Value.Key($0) }
        if keys.isEmpty { all = Array(current.keys) + recorded.keys.filter { current[$0] == nil } }
        return all.compactMap { key in
            let word: String
            switch (recorded[key], current[key]) {
            case (_, nil): word = "deleted"
            case (nil, _): word = "new"
            case (let old?, let new?):
                if old.isEqualInPython(to: new) { return nil }
                word = "modified"
            }
            return StageStatus.Changed(key: key.text, word: word)
        }
    }

    /// The values of a parameter file that a stage asks for.
    func parameters(at path: String, keys: [String]) throws -> ParameterSelection {
        let name = shown(path)
        if Files.isDirectory(path) { throw ProjectError.parametersAreDirectory(name) }
        guard let bytes = try Files.readIfPresent(path) else { throw ProjectError.missingParameters(name) }
        return try ParameterSelection(keys: keys, of: try ParameterFile.load(bytes: bytes, name: name))
    }

    /// What is there of a dependency; nil when nothing is.
    func currentState(of dependency: Dependency) throws -> OutputState? {
        try workspace(at: dependency.path, isLegacy: dependency.entry.isLegacy).currentState(of: dependency.path)
    }

    /// How an output differs from what is recorded.
    ///
    /// DVC's order of questions: is it cached, is it there, is it the same.
    func word(for output: Output) throws -> String? {
        let workspace = workspace(for: output)
        if output.object != nil, output.entry.usesCache, try !isCached(output) { return "not in cache" }
        guard let state = try workspace.currentState(of: output.path) else { return "deleted" }
        return state.id == output.object ? nil : "modified"
    }

    /// Whether the recorded object of an output, and for a directory every file of it, is in the cache.
    func isCached(_ output: Output) throws -> Bool {
        guard let id = output.object else { return false }
        return try workspace(for: output).isCached(id, at: output.path)
    }
}

extension Entry {
    /// The recorded object of the cache; nil when nothing, or nothing of the kind, is recorded.
    package var object: ObjectID? {
        guard let hash, hash.algorithm == .md5 || hash.algorithm == .md5DOS2Unix else { return nil }
        return ObjectID(hash.value)
    }
}
