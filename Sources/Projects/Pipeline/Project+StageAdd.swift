import Basics
import Git
import Metafiles
import OrderedCollections
package import Pipelines
import Values
import YAML

extension Project {
    /// What `stage add` wrote.
    package struct AddedStage: Sendable {
        package let id: StageID
        /// The metafile and the ignore files, as the caller would type them.
        package var files: Set<String>
        /// Whether a whole `foreach` or `matrix` group had the name and is gone.
        package let replacesGroup: Bool
        /// The outputs that Git ignores from now on.
        fileprivate(set) var ignored: [String] = []
        /// An ignore file that could not be written, since its folder is not there yet.
        package var missingIgnoreFile: String?
    }

    /// Puts a stage into the `dvc.yaml` of the working directory and its outputs into `.gitignore`.
    ///
    /// Paths in the definition are relative to its working directory, and that to the caller's. With `replacing` a
    /// stage of the name may be there: it gives way, but for its description, its notes and those of its outputs.
    package func addStage(_ definition: StageDefinition, replacing: Bool = false) throws -> AddedStage {
        let path = absolute("dvc.yaml")
        try checkName(of: definition)
        if let git, try git.isIgnored(path) { throw ProjectError.metafileIgnored(shown(path)) }
        var definition = try normalized(definition, metafile: path)
        let stage = Stage(definition, metafile: path, locked: nil, root: root)
        try checkPaths(of: stage)

        var index = try collect()
        // A file that DVC ignores, or that is not there, has no stages, but is written all the same.
        let pipeline = index.pipeline(at: path)
        let document = try pipeline?.document ?? document(at: path)
        let old = try pipeline?.file.stage(named: definition.name)
        if old != nil, !replacing { throw StageDefinitionError.exists(name: definition.name, file: shown(path)) }
        try checkGraph(of: &index, with: stage)
        if let old { definition.restore(from: try normalized(old, metafile: path)) }

        let isGroup = old == nil && document.value["stages"]?[Value.Key(definition.name)] != nil
        try writeMetafile(document.text(with: definition), to: path)
        var added = AddedStage(id: stage.id, files: [shown(path)], replacesGroup: isGroup)
        try ignoreOutputs(of: stage, &added)
        return added
    }

    /// The definition with its folder relative to the metafile's, and paths of the project relative to that folder.
    func normalized(_ definition: StageDefinition, metafile: String) throws -> StageDefinition {
        let folder = Paths.parent(metafile)
        let directory = Paths.absolute(definition.workingDirectory ?? ".", from: folder)
        let relative: (String) -> String = { path in
            guard path.hasPrefix("/") else { return path }
            let normal = Paths.normalize(path)
            return Paths.inside(normal, of: self.root) == nil ? path : Paths.relative(normal, to: directory)
        }
        var result = definition
        result.workingDirectory = directory == folder ? nil : Paths.relative(directory, to: folder)
        result.dependencies = definition.dependencies.map(relative)
        result.parameters = definition.parameters.map { ParameterDependency(file: relative($0.file), keys: $0.keys) }
        for index in result.outputs.indices { result.outputs[index].path = relative(result.outputs[index].path) }
        return result
    }

    /// Makes Git ignore the cached outputs; when that fails, nothing stays ignored that was not before.
    private func ignoreOutputs(of stage: Stage, _ added: inout AddedStage) throws {
        guard let git else { return }
        let cached = stage.outputs.filter { $0.entry.usesCache && $0.isInProject }.map(\.path)
        let tracked = try git.tracked(among: cached)
        for path in cached {
            do {
                if tracked.contains(path) { throw ProjectError.trackedByGit(shown(path)) }
                if try !ignore(path, in: git, &added) { return }
            } catch {
                try unignoreOutputs(of: added)
                throw error
            }
        }
    }

    /// Makes Git ignore one output; false when its folder is not there yet.
    ///
    /// DVC does not look at the other outputs then: all are seen to when the stage runs.
    private func ignore(_ path: String, in git: Repository, _ added: inout AddedStage) throws -> Bool {
        let folder = Paths.parent(path)
        if !Files.isDirectory(folder), try !git.isIgnored(path) {
            var above = folder
            while !Files.exists(above), above != root { above = Paths.parent(above) }
            if !Files.isDirectory(above) { throw StageDefinitionError.folderIsFile(shown(above), output: shown(path)) }
            added.missingIgnoreFile = shown(Paths.join(folder, ".gitignore"))
            return false
        }
        if case .written(let file) = try GitIgnoreFile.add(entryFor: path, in: git) {
            // Git does not look through links.
            added.files.insert(shown(Files.canonical(file) ?? file))
            added.ignored.append(path)
        }
        return true
    }

    /// Takes back the entries that `addStage` wrote into ignore files, as DVC does after a failure.
    package func unignoreOutputs(of added: AddedStage) throws {
        guard let git else { return }
        for path in added.ignored { _ = try GitIgnoreFile.remove(entryFor: path, in: git) }
    }
}

extension Project {
    /// Reads the text of a `dvc.yaml`; an empty one when there is no file.
    func document(at path: String) throws -> YAMLDocument {
        do {
            return try YAMLDocument(parsing: try Files.readIfPresent(path) ?? [])
        } catch let error as SyntaxError {
            let fault = Diagnostic(file: shown(path), line: error.line, message: error.message)
            throw ProjectError.invalidMetafile(DiagnosticList([fault]))
        }
    }

    /// Writes a metafile, through a link if it is one, but not out of the project.
    func writeMetafile(_ text: [UInt8], to path: String) throws {
        try requireOwnMetafile(path)
        try Files.writeIfChanged(text, to: path)
    }
}

extension YAMLDocument {
    /// The text of a `dvc.yaml` with a stage put in or changed; lines that need not change stay.
    func text(with definition: StageDefinition) -> [UInt8] {
        let key = Value.Key(definition.name)
        let new = Value.map(definition.written)
        var editor = YAMLEditor(self)
        editor.set(value["stages"]?[key]?.updated(to: new) ?? new, at: ["stages", .key(key)])
        return editor.text
    }
}

extension StageDefinition {
    /// Takes over what a person wrote beside the definition that this one replaces.
    fileprivate mutating func restore(from old: StageDefinition) {
        description = old.description
        meta = old.meta
        for (index, output) in outputs.enumerated() {
            guard let former = old.outputs.last(where: { $0.path == output.path }) else { continue }
            outputs[index].description = former.description
            outputs[index].type = former.type
            outputs[index].labels = former.labels
            outputs[index].meta = former.meta
            outputs[index].remote = former.remote
            outputs[index].isPushed = former.isPushed
        }
    }
}
