import Basics
import Git
import Metafiles
import ObjectStore
import OrderedCollections
import Values

extension Project {
    /// Renames an output that `add` or an import made; a metafile that is named after it is renamed as well.
    ///
    /// The data goes into the cache, but changes to it are not recorded. Nothing at the new place is overwritten. A
    /// move that was cut off is finished when it is asked for again.
    package func move(_ source: String, to destination: String) throws -> ChangedFileNames {
        let from = absolute(source)
        var to = absolute(destination)
        let index = try collect()
        let stage = try stageToMove(from, source, in: index)
        var isHalfway = try isHalfway(stage, from: from, to: to)
        if !isHalfway, Files.isDirectory(to) {
            to = Paths.join(to, Paths.name(from))
            isHalfway = try self.isHalfway(stage, from: from, to: to)
        }
        try requireTrackable(to)
        var moved = stage
        let isNamedAfter = Paths.name(stage.id.metafile) == Paths.name(from) + ".dvc"
        let metafile = isNamedAfter ? to + ".dvc" : stage.id.metafile
        if isNamedAfter {
            if !Files.isDirectory(Paths.parent(to)) { throw ProjectError.missingFolder(shown(Paths.parent(to))) }
            if !isHalfway, Files.exists(metafile) { throw ProjectError.alreadyThere(shown(metafile)) }
            if let git, try git.isIgnored(metafile) { throw ProjectError.metafileIgnored(shown(metafile)) }
        }
        moved = relocated(stage, metafile: metafile, from: from, to: to)
        var others = index
        others.stages = index.stages.filter { $0.id != stage.id && $0.id != moved.id } + [moved]
        _ = try graph(of: others)
        if !isOwn(to) { throw ProjectError.outsideProject(destination) }
        if !isHalfway, try Files.status(to) != nil { throw ProjectError.alreadyThere(shown(to)) }
        return try carryOut(&moved, from: from, to: to, replacing: isNamedAfter ? stage.id.metafile : nil)
    }

    /// Whether an earlier call has moved the data already: it is not at the old place, but at the new one, where no
    /// other metafile speaks of it.
    private func isHalfway(_ stage: Stage, from: String, to: String) throws -> Bool {
        guard isOwn(to), try Files.status(from) == nil, try Files.status(to) != nil else { return false }
        guard let output = stage.outputs.first(where: { $0.path == from }), let object = output.object else {
            return false
        }
        let metafile = to + ".dvc"
        if Files.exists(metafile) {
            let other = try dataStage(at: metafile).outputs
            if other.count != 1 || other.first?.path != to || other.first?.object != object { return false }
        }
        return try workspace(at: to, isLegacy: output.isLegacy).currentState(of: to)?.id == object
    }

    private func stageToMove(_ path: String, _ source: String, in index: StageIndex) throws -> Stage {
        if StageTarget.isMetafile(path) { throw ProjectError.metafileAsOutput(source) }
        guard let stage = index.stages.first(where: { $0.outputs.contains { $0.path == path } }) else {
            throw ProjectError.notAnOutput(source)
        }
        if stage.command != nil {
            throw ProjectError.notADataSource(source, stage: stage.id.address(from: environment.workingDirectory))
        }
        return stage
    }

    /// The stage as it is to be after the move.
    private func relocated(_ stage: Stage, metafile: String, from: String, to: String) -> Stage {
        guard let old = stage.dataFile else { return stage }
        let isNew = metafile != stage.id.metafile
        let directory = isNew ? Paths.parent(metafile) : stage.workingDirectory
        var entries = stage.outputs.filter { !isNew || $0.path == from }.map(\.entry)
        if let position = entries.firstIndex(where: { Paths.absolute($0.path, from: stage.workingDirectory) == from }) {
            entries[position].path = Paths.relative(to, to: directory)
        }
        var file = isNew ? DataFile(output: Entry(path: "")) : old
        if isNew { file.fields = old.fields.filter { $0.key != "wdir" && $0.key != "outs" && $0.key != "deps" } }
        file.outputs = entries
        file.dependencies = stage.dependencies.map { dependency in
            var entry = dependency.entry
            if dependency.kind == .file, !entry.path.hasPrefix("/") {
                entry.path = Paths.relative(dependency.path, to: directory)
            }
            return entry
        }
        return Stage(id: StageID(metafile: metafile, name: nil), dataFile: file, root: root)
    }

    private func carryOut(
        _ stage: inout Stage,
        from: String,
        to: String,
        replacing oldMetafile: String?
    ) throws -> ChangedFileNames {
        var changes = ChangedFileNames()
        let isMoving = try Files.status(from) != nil
        if isMoving { try Files.rename(from, to: to) }
        let isThere = try Files.status(to) != nil
        index.forget(from)
        links.set(from, nil)
        do {
            if let git, case .written(let file) = try GitIgnoreFile.remove(entryFor: from, in: git) {
                changes.files.insert(shown(file))
            }
            if isThere {
                // As in DVC the data as it is goes into the cache, and the metafile keeps what it said of it.
                var current = stage
                try recordOutputs(of: &current, changes: &changes)
            } else {
                changes.notes.append("'\(shown(from))' is missing, only its metafile moves")
                try ignore(to, trackedByGit: nil, &changes)
            }
            try write(stage, changes: &changes)
        } catch {
            // Back to where it was, so that the old metafile still tells the truth.
            if isMoving { try? Files.rename(to, to: from) }
            if let git { _ = try? GitIgnoreFile.add(entryFor: from, in: git) }
            try? unignore(changes.ignored)
            throw error
        }
        if let oldMetafile {
            try Files.remove(oldMetafile)
            changes.files.insert(shown(oldMetafile))
        }
        return changes
    }
}
