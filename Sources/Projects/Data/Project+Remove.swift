import Basics
import Git
import Metafiles
import ObjectStore
import OrderedCollections
import Pipelines
import Values
import YAML

extension Project {
    /// Takes stages out of their metafiles, one target after the other: `.dvc` files, stages of pipelines, or all
    /// stages of a `dvc.yaml`.
    ///
    /// Their outputs stay as files of the user's own, or go when `outputs` says so, whether cached or not.
    package func remove(_ targets: [String], outputs: Bool) throws {
        for target in targets { try remove(target, outputs: outputs) }
    }

    private func remove(_ target: String, outputs: Bool) throws {
        let stages = try stagesToRemove(target)
        for stage in stages {
            if let name = stage.name, stage.definition?.isParametrized ?? false {
                throw ProjectError.parametrized(name)
            }
            // An output that uses no cache may lie anywhere; it is none of the project's files.
            for output in stage.outputs where output.entry.usesCache || outputs { try requireOwn(output) }
        }
        for stage in stages {
            for output in stage.outputs { try release(output, deletes: outputs) }
            try forget(stage)
        }
    }

    private func stagesToRemove(_ target: String) throws -> [Stage] {
        let parsed = try StageTarget(target)
        let file = parsed.file ?? "dvc.yaml"
        let path = absolute(file)
        if parsed.file == nil || !StageTarget.isMetafile(path), Files.exists(absolute(target + ".dvc")) {
            throw ProjectError.metafileMeant(target)
        }
        guard Files.exists(path) else {
            if parsed.file != nil { throw ProjectError.missingMetafile(file) }
            throw ProjectError.unknownTarget(target, file: file, near: try? near(target, in: collect()))
        }
        if !StageTarget.isMetafile(path) { throw ProjectError.notAMetafile(file) }
        if let relative = Paths.inside(path, of: root), ignoreRules.isIgnored(relative, isDirectory: false) {
            throw ProjectError.ignoredMetafile(file)
        }
        if let git, try git.isIgnored(path) { throw ProjectError.metafileIgnored(file) }
        let stages = try collect(file: path).stages
        guard let name = parsed.name, Paths.name(path) == "dvc.yaml" else { return stages }
        guard let stage = stages.first(where: { $0.id.name == name }) else {
            let near = try? near(name, in: collect(), stagesOnly: true)
            throw ProjectError.stageNotFound(name, file: shown(path), near: near)
        }
        return [stage]
    }

    /// Deletes the files of an output, or makes them independent of the cache; Git may see them again.
    private func release(_ output: Output, deletes: Bool) throws {
        if deletes {
            try Files.remove(output.path)
            index.forget(output.path)
            links.set(output.path, nil)
        } else if output.entry.usesCache, Files.exists(output.path) {
            try workspace(for: output).unprotect(output.path)
        }
        guard let git, output.entry.usesCache || output.entry.isImportedFromRepository else { return }
        _ = try GitIgnoreFile.remove(entryFor: output.path, in: git)
    }

    private func forget(_ stage: Stage) throws {
        let path = stage.id.metafile
        guard let name = stage.name else { return try Files.remove(path) }
        let lock = PipelineDocument.lockPath(of: path)
        if Files.exists(lock) {
            try requireOwnMetafile(lock)
            _ = try locks.set(nil, of: name, at: lock, name: shown(lock))
        }
        var editor = YAMLEditor(try pipeline(at: path).document)
        editor.remove(at: ["stages", .key(.init(name))])
        if editor.document.value["stages"]?.map?.isEmpty ?? true {
            try Files.remove(path)
        } else {
            try writeMetafile(editor.text, to: path)
        }
    }
}

extension Stage {
    /// The stage's name in `dvc.yaml`; nil for a `.dvc` file.
    fileprivate var name: String? { id.name }
}
