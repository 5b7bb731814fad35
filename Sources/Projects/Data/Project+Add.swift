import Basics
import Git
import Metafiles
import ObjectStore
import OrderedCollections
import Values

extension Project {
    /// How `add` works.
    package struct AddOptions: Sendable {
        /// Whether data goes into the cache; without, only its checksum is noted.
        package var commits = true
        /// Whether files in the workspace are linked to the cache.
        package var relinks = true
        /// Targets are patterns of `*`, `?`, `[…]` and `**`.
        package var isPattern = false
        /// Where a copy of the only target goes, which then may lie outside of the project.
        package var destination: String?
        /// Whether something at the destination is overwritten.
        package var overwrites = false
        /// Whether the data of the only target goes straight to a remote, and neither into the cache nor the workspace.
        package var bypassesCache = false
        /// The remote for that; the default one without a name.
        package var remote: String?
        /// Transfers at a time.
        package var jobs: Int?

        package init() {}
    }

    /// Puts files and directories under version control.
    package func add(_ targets: [String], _ options: AddOptions = AddOptions()) throws -> ChangedFileNames {
        var changes = ChangedFileNames()
        do {
            if options.bypassesCache || options.destination != nil {
                try addCopy(of: targets, options, &changes)
            } else {
                try add(options.isPattern ? matches(of: targets) : targets, options, &changes)
            }
        } catch {
            // As DVC does: what was ignored for this command is so no longer.
            try? unignore(changes.ignored)
            throw error
        }
        return changes
    }

    private func add(_ targets: [String], _ options: AddOptions, _ changes: inout ChangedFileNames) throws {
        var plan = try AddPlan(targets, in: self)
        let tracked = try git?.tracked(among: Array(Set(plan.outputPaths))) ?? []
        // All at once, since a failure takes all of them back.
        try ignore(plan.pathsToIgnore.filter { !tracked.contains($0) && Files.exists($0) }, &changes)
        for place in plan.places {
            var stage = plan.index.stages[place.stage]
            var output = stage.outputs[place.output]
            if !Files.exists(output.path) { throw missing(shown(output.path), at: output.path) }
            if output.entry.usesCache, tracked.contains(output.path) {
                throw ProjectError.trackedByGit(shown(output.path))
            }
            let addition = try take(place, &output, options)
            if !addition.isLinked { changes.unlinked.append(place.target) }
            stage.outputs[place.output] = output
            plan.index.stages[place.stage] = stage
            if options.commits, options.relinks {
                links.set(output.path, output.object, isLegacy: output.isLegacy)
            }
            try writeOutputs(of: stage, &changes)
        }
    }

    /// Writes the `.dvc` file with its outputs; what else is in it stays, even the checksum of an import.
    func writeOutputs(of stage: Stage, _ changes: inout ChangedFileNames) throws {
        guard var file = stage.dataFile else { return }
        file.outputs = stage.outputs.map(\.entry)
        try writeMetafile(file.bytes, to: stage.id.metafile)
        changes.files.insert(shown(stage.id.metafile))
    }

    /// Brings the target into the cache and notes it in the output, which is the target or holds it.
    private func take(_ place: AddPlan.Place, _ output: inout Output, _ options: AddOptions) throws -> Addition {
        let name = shown(output.path)
        let subpath = Paths.inside(place.path, of: output.path)
        if subpath != nil, let object = output.object, !object.isTree { throw ProjectError.trackedAsFile(name) }
        let before = output
        try dropOutdatedLegacy(&output)
        let workspace = workspace(for: output)
        var existing: Tree?
        if let subpath, let object = before.object {
            existing = try before.isLegacy == output.isLegacy ? workspace.store.tree(object) : nil
            guard let existing else { throw ProjectError.unknownDirectory(name) }
            let isGone = try Files.status(place.path) == nil
            if isGone, existing.index(of: subpath) == nil, existing.range(below: subpath).isEmpty {
                throw missing(place.target, at: place.path)
            }
        }
        let addition = try workspace.add(
            output.path,
            existing: existing,
            existingSize: before.entry.size,
            subpath: subpath,
            relink: options.relinks,
            commit: options.commits && output.entry.usesCache
        )
        guard let addition else { throw missing(place.target, at: place.path) }
        if before.isLegacy, output.isLegacy, subpath == nil { return addition }
        output.entry.record(RecordedContent(addition.state))
        if let subpath { output.entry.fields["size"] = size(of: addition, before, existing, subpath).map { .int($0) } }
        return addition
    }

    /// A target that is not there, with the nearest name in its folder.
    private func missing(_ target: String, at path: String) -> ProjectError {
        let names = (try? Files.names(in: Paths.parent(path))) ?? []
        let near = Spelling.nearest(Paths.name(path), among: names.sorted())
        return .missingTarget(target, near: near.map { shown(Paths.join(Paths.parent(path), $0)) })
    }

    /// The size to record after a part was added, by DVC's rule: known when files were only added, or nothing changed.
    private func size(of addition: Addition, _ before: Output, _ existing: Tree?, _ subpath: String) -> Int? {
        let isNew = existing?.index(of: subpath) == nil && existing?.range(below: subpath).isEmpty ?? true
        if isNew, let old = before.entry.size, old > 0, addition.isSizeKnown { return addition.state.size }
        return addition.state.id == before.object ? before.entry.size : nil
    }
}

extension RecordedContent {
    init(_ state: OutputState) {
        self.init(
            hash: RecordedHash(algorithm: .md5, value: state.id.description),
            size: state.size,
            fileCount: state.fileCount,
            isExecutable: state.isExecutable
        )
    }
}
