import Basics
import Git
import Metafiles
import ObjectStore
import OrderedCollections
import Parameters
import Pipelines
import Values

extension Project {
    /// How the outputs of a stage are recorded.
    struct RecordingOptions {
        /// Whether data goes into the cache; without, only its hash is noted.
        var commits = true
        /// Whether files in the workspace are linked to the cache anew.
        var relinks = true
        /// Whether data that is not there is passed over.
        var allowsMissing = false
        /// Whether outputs that are not cached go into the cache as well, for the run cache.
        var keepsUncached = false
        /// Paths that Git tracks, when that is known already.
        var trackedByGit: Set<String>?
    }

    /// Notes in the stage what is there of its dependencies now.
    func recordDependencies(of stage: inout Stage, allowsMissing: Bool = false) throws {
        for position in stage.dependencies.indices {
            let dependency = stage.dependencies[position]
            switch dependency.kind {
            case .elsewhere: continue
            case .file:
                let isFound = try record(&stage.dependencies[position])
                if !isFound, !allowsMissing { throw ProjectError.missingDependency(shown(dependency.path)) }
            case .parameters(let keys):
                if allowsMissing, !Files.exists(dependency.path) { continue }
                let selection = try parameters(at: dependency.path, keys: keys)
                if let complaint = selection.complaint(file: shown(dependency.path)) {
                    throw ProjectError.missingKeys(complaint)
                }
                if Value.map(selection.values).containsDate {
                    throw ProjectError.datedParameters(shown(dependency.path))
                }
                stage.dependencies[position].parameters = selection.values
            }
        }
    }

    /// Whether there is something at the dependency's path; what DVC 2 recorded stays as long as it holds.
    private func record(_ dependency: inout Dependency) throws -> Bool {
        guard var state = try currentState(of: dependency) else { return false }
        if dependency.entry.isLegacy {
            if state.id == dependency.entry.object { return true }
            dependency.entry.fields["md5"] = nil
            guard let modern = try currentState(of: dependency) else { return false }
            state = modern
        }
        dependency.entry.record(state)
        return true
    }

    /// Notes in the stage what is there of its outputs now, and brings it into the cache.
    ///
    /// The names of changed ignore files go into `changes`.
    func recordOutputs(
        of stage: inout Stage,
        _ options: RecordingOptions = RecordingOptions(),
        changes: inout ChangedFileNames
    ) throws {
        for position in stage.outputs.indices {
            try record(&stage.outputs[position], options, &changes)
        }
    }

    /// Notes in the output what is there of it now, and brings it into the cache.
    func record(
        _ output: inout Output,
        _ options: RecordingOptions,
        _ changes: inout ChangedFileNames
    ) throws {
        let name = shown(output.path)
        guard Files.exists(output.path) else {
            if options.allowsMissing { return }
            throw ProjectError.missingOutput(name)
        }
        if output.entry.usesCache {
            try requireOwn(output)
            try ignore(output.path, trackedByGit: options.trackedByGit, &changes)
        }
        if output.entry.isMetric, try Files.status(output.path, followLinks: true)?.kind == .regular,
            try !Self.isText(output.path)
        {
            throw ProjectError.binaryMetrics(name)
        }
        try dropOutdatedLegacy(&output)
        let usesCache = output.entry.usesCache
        let addition = try workspace(for: output).add(
            output.path,
            relink: options.relinks && usesCache,
            commit: usesCache ? options.commits : options.keepsUncached && output.isInProject
        )
        guard let addition else { throw ProjectError.missingOutput(name) }
        if !addition.isLinked, usesCache { changes.unlinked.append(name) }
        if !output.isLegacy { output.entry.record(addition.state) }
        if addition.state.size == 0, addition.state.fileCount ?? 0 == 0 { changes.notes.append("'\(name)' is empty.") }
        if options.commits, options.relinks, usesCache {
            links.set(output.path, output.object, isLegacy: output.isLegacy)
        }
    }

    /// Whether a file passes for text, as DVC tells by its first 512 bytes: no NUL, and at most 30% of other bytes than those of
    /// ASCII's printable characters and layout.
    private static func isText(_ path: String) throws -> Bool {
        let bytes = try Files.read(path, first: 512)
        let foreign = bytes.count { !(0x20...0x7e ~= $0 || 0x08...0x0d ~= $0 && $0 != 0x0b) }
        return !bytes.contains(0) && foreign * 10 <= bytes.count * 3
    }

    /// Takes back what DVC 2 recorded of an output, unless it still holds: changed data is recorded anew.
    func dropOutdatedLegacy(_ output: inout Output) throws {
        if output.isLegacy, try workspace(for: output).currentState(of: output.path)?.id != output.object {
            output.entry.fields["md5"] = nil
        }
    }

    /// Makes Git ignore an output; refuses one that Git tracks, by `trackedByGit` when that is known already.
    func ignore(_ path: String, trackedByGit: Set<String>?, _ changes: inout ChangedFileNames) throws {
        guard let git else { return }
        if try trackedByGit?.contains(path) ?? git.isTracked(path) { throw ProjectError.trackedByGit(shown(path)) }
        try ignore([path], &changes)
    }

    /// Makes Git ignore outputs.
    func ignore(_ paths: [String], _ changes: inout ChangedFileNames) throws {
        guard let git, !paths.isEmpty else { return }
        for (path, file) in try GitIgnoreFile.add(entriesFor: paths, in: git) {
            changes.files.insert(shown(file))
            changes.ignored.append(path)
        }
    }

    /// Takes the entries of outputs out of ignore files again.
    func unignore(_ paths: [String]) throws {
        guard let git, !paths.isEmpty else { return }
        try GitIgnoreFile.remove(entriesFor: paths, in: git)
    }

    /// Writes what the stage records: its part of `dvc.lock`, or its `.dvc` file.
    ///
    /// A stage that is new in `dvc.lock` goes where its `place` among the new ones is. Returns what was done to the file, for people; nil when nothing had to be written.
    @discardableResult
    func write(_ stage: Stage, place: Int? = nil, changes: inout ChangedFileNames) throws -> String? {
        switch stage.source {
        case .dataFile(var file):
            file.dependencies = stage.dependencies.filter { !$0.isParameters }.map(\.entry)
            file.outputs = stage.outputs.map(\.entry)
            file["md5"] = file.command != nil || file.isImport ? .string(Stage.checksum(of: file)) : nil
            try writeMetafile(file.bytes, to: stage.id.metafile)
            changes.files.insert(shown(stage.id.metafile))
            return nil
        case .pipeline(let definition, _):
            let path = PipelineDocument.lockPath(of: stage.id.metafile)
            let name = shown(path)
            try requireOwnMetafile(path)
            switch try locks.set(stage.newLockEntry, of: definition.name, at: path, name: name, place: place) {
            case .unchanged: return nil
            case .updated:
                changes.files.insert(name)
                return "Updating lock file '\(name)'\n"
            case .generated:
                changes.files.insert(name)
                return "Generating lock file '\(name)'\nUpdating lock file '\(name)'\n"
            }
        }
    }
}

/// Metafiles and ignore files that a verb wrote, and what could not be linked.
package struct ChangedFileNames: Sendable {
    /// As the caller would type them.
    package var files: Set<String> = []
    /// Outputs whose files none of the link types could make.
    package var unlinked: [String] = []
    /// What was done, for people.
    package var text = ""
    /// Remarks for people.
    package var notes: [String] = []
    /// Outputs that Git did not ignore before; absolute paths.
    var ignored: [String] = []

    package init() {}
}

extension Entry {
    /// Replaces what the entry says of the data.
    mutating func record(_ state: OutputState) {
        record(RecordedContent(state))
    }
}
