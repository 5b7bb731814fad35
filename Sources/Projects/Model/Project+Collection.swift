import Basics
import Configuration
import Git
import Glibc
package import Metafiles
import Parameters
package import Pipelines
import Values
import YAML

extension Project {
    /// All stages of the project; tracked, ignored and nested directories are not entered.
    ///
    /// `onFault` is told of a file that cannot be used, which is then passed over; without it the fault is thrown. A
    /// `memo` saves work when several commits are read.
    package func collect(
        from source: any FileSource = WorkspaceFiles(),
        memo: MetafileMemo? = nil,
        onFault: ((any Error) -> Void)? = nil
    ) throws -> StageIndex {
        var collection = try collection(of: source, onFault)
        collection.memo = memo
        try collection.visit(below: root)
        return collection.index
    }

    /// The stages of one metafile; none when it is not there or is ignored.
    ///
    /// `onFault` is told of stages that cannot be read; without it the fault is thrown, as faults of the file always are.
    package func collect(file path: String, onFault: ((any Error) -> Void)? = nil) throws -> StageIndex {
        var collection = try collection(of: WorkspaceFiles(), nil)
        if StageTarget.isMetafile(path), Files.exists(path), !collection.isIgnored(path, isDirectory: false) {
            try collection.read(path, onStageFault: onFault)
            let stages = collection.index.stages
            collection.index.stages = try stages.filter { stage in
                do {
                    try collection.requireVisibleOutputs(of: [stage])
                    return true
                } catch {
                    guard let onFault else { throw error }
                    onFault(error)
                    return false
                }
            }
        }
        return collection.index
    }

    private func collection(of source: any FileSource, _ onFault: ((any Error) -> Void)?) throws -> Collection {
        let isWorkspace = source is WorkspaceFiles
        return Collection(
            project: self,
            source: source,
            ignoreRules: source.ignoreRules(of: self),
            gitRules: isWorkspace ? try git?.ignoreRules() : nil,
            onFault: onFault
        )
    }

    /// Reads one `.dvc` file.
    package func dataStage(at path: String, from source: any FileSource = WorkspaceFiles()) throws -> Stage {
        do {
            let dataFile = try DataFile(parsing: try source.contents(of: path) ?? [], name: shown(path))
            return Stage(id: StageID(metafile: path, name: nil), dataFile: dataFile, root: root)
        } catch let list as DiagnosticList {
            throw ProjectError.invalidMetafile(list)
        }
    }

    /// Reads one `dvc.yaml` with its lock file.
    package func pipeline(
        at path: String,
        from source: any FileSource = WorkspaceFiles()
    ) throws -> PipelineDocument {
        let name = shown(path)
        let bytes = try source.contents(of: path) ?? []
        let document: YAMLDocument
        do {
            document = try YAMLDocument(parsing: bytes)
        } catch {
            let fault = Diagnostic(file: name, line: error.line, message: error.message)
            throw ProjectError.invalidMetafile(DiagnosticList([fault]))
        }
        let folder = Paths.parent(path)
        let file: PipelineFile
        let faulty = FaultyVariables()
        do {
            file = try PipelineFile(parsing: document, path: name, options: templateOptions) {
                (variables) throws(VariableFileError) in
                try self.variables(Paths.absolute(variables, from: folder), source, faulty)
            }
        } catch {
            // A fault in a file of variables is shown at its own place.
            if let fault = faulty.error {
                let diagnostic = Diagnostic(file: fault.name, line: fault.line, message: fault.message)
                throw ProjectError.invalidMetafile(DiagnosticList([diagnostic]))
            }
            let faults = error.diagnostics.map { PipelineDocument.diagnostic($0, in: document, name: name) }
            throw ProjectError.invalidMetafile(DiagnosticList(faults))
        }
        return PipelineDocument(path: path, document: document, file: file, lock: try lockFile(beside: path, source))
    }

    /// Reads the lock file that belongs to a `dvc.yaml`; an empty one when there is none.
    package func lockFile(beside path: String, _ source: any FileSource = WorkspaceFiles()) throws -> LockFile {
        let path = PipelineDocument.lockPath(of: path)
        // The workspace's is read once and asked for again whenever a stage is looked at.
        if source is WorkspaceFiles { return try locks.file(at: path, name: shown(path)) }
        guard let bytes = try source.contents(of: path) else { return LockFile() }
        do {
            return try LockFile(parsing: bytes, name: shown(path))
        } catch {
            throw ProjectError.invalidMetafile(error)
        }
    }

    private func variables(
        _ path: String,
        _ source: any FileSource,
        _ faulty: FaultyVariables
    ) throws(VariableFileError) -> Value {
        do {
            if let bytes = try source.contents(of: path) {
                let value = try ParameterFile.load(bytes: bytes, name: shown(path))
                if !value.containsDate { return value }
                throw VariableFileError.unreadable("'\(shown(path))' holds a date, which DVC cannot record; quote it")
            }
        } catch let error as VariableFileError {
            throw error
        } catch let error as ParameterFileError {
            faulty.error = error
            throw .unreadable("\(error)")
        } catch {
            throw Files.isDirectory(path) ? .directory : .unreadable("\(error)")
        }
        throw .missing
    }

    /// How mappings in commands become flags, by the configuration.
    package var templateOptions: TemplateOptions {
        TemplateOptions(
            booleans: configuration.string("parsing", "bool").flatMap(TemplateOptions.BooleanFlags.init) ?? .storeTrue,
            lists: configuration.string("parsing", "list").flatMap(TemplateOptions.ListFlags.init) ?? .together
        )
    }
}

/// Why a file of variables could not be read, for the message about it.
private final class FaultyVariables {
    var error: ParameterFileError?
}

/// A walk through the project that gathers its stages.
private struct Collection {
    let project: Project
    var source: any FileSource
    let ignoreRules: IgnoreRules
    let gitRules: IgnoreRules?
    let onFault: ((any Error) -> Void)?
    var memo: MetafileMemo?
    var index = StageIndex()

    /// Visits a directory and those below it; a commit may nest them deeper than a stack would last.
    mutating func visit(below root: String) throws {
        var pending = [root]
        while let directory = pending.popLast() { pending += try visit(directory).reversed() }
    }

    /// Reads the metafiles of a directory and gives the directories in it to visit.
    private mutating func visit(_ directory: String) throws -> [String] {
        let entries = try source.entries(in: directory) { $1 == .directory || Self.isMetafile($0) }
        var outputs: Set<String> = []
        for entry in entries where entry.kind != .directory {
            let path = Paths.join(directory, entry.name)
            if isIgnored(path, isDirectory: false) { continue }
            let before = (stages: index.stages.count, pipelines: index.pipelines.count)
            do {
                try readOnce(path)
                try requireVisibleOutputs(of: index.stages[before.stages...])
                // The lists outside of `stages` must make sense too, though only some questions are about them.
                for pipeline in index.pipelines[before.pipelines...] {
                    if let fault = pipeline.file.sectionFaults.first { throw error(fault, in: pipeline) }
                }
            } catch {
                guard let onFault else { throw error }
                // As in DVC a stage that cannot be read takes its file with it.
                index.stages.removeSubrange(before.stages...)
                index.pipelines.removeSubrange(before.pipelines...)
                onFault(error)
            }
            for stage in index.stages[before.stages...] { outputs.formUnion(stage.outputs.map(\.path)) }
        }
        return entries.compactMap { entry in
            guard entry.kind == .directory else { return nil }
            let path = Paths.join(directory, entry.name)
            return outputs.contains(path) || isIgnored(path, isDirectory: true) ? nil : path
        }
    }

    private static func isMetafile(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard name.count > 4, name[name.count - 1] == UInt8(ascii: "c") || name[name.count - 1] == UInt8(ascii: "l")
        else { return false }
        return name.suffix(4).elementsEqual(".dvc".utf8) || name.elementsEqual("dvc.yaml".utf8)
    }

    /// Reads one file, unless it is known to say what it said in another commit.
    private mutating func readOnce(_ path: String) throws {
        guard let memo else { return try read(path) }
        if let known = try memo.reading(of: path, in: source) {
            index.stages += known.stages
            index.pipelines += known.pipelines
            return
        }
        let (start, original) = ((stages: index.stages.count, pipelines: index.pipelines.count), source)
        let recording = RecordingFiles(original)
        source = recording
        defer { source = original }
        try read(path)
        guard let fingerprints = recording.fingerprints else { return }
        let reading = MetafileMemo.Reading(
            stages: Array(index.stages[start.stages...]),
            pipelines: Array(index.pipelines[start.pipelines...]),
            fingerprints: fingerprints
        )
        memo.remember(reading, of: path)
    }

    /// Reads one file; stages that cannot be read are `onStageFault`'s, or are thrown without one.
    mutating func read(_ path: String, onStageFault: ((any Error) -> Void)? = nil) throws {
        guard Paths.name(path) == "dvc.yaml" else {
            return index.stages.append(try project.dataStage(at: path, from: source))
        }
        let pipeline = try project.pipeline(at: path, from: source)
        index.pipelines.append(pipeline)
        for entry in pipeline.file.entries {
            switch entry.definition {
            case .success(let definition):
                let locked = pipeline.lock[definition.name]
                index.stages.append(Stage(definition, metafile: path, locked: locked, root: project.root))
            case .failure(let fault):
                let error = error(fault, in: pipeline)
                guard let onStageFault else { throw error }
                onStageFault(error)
            }
        }
    }

    /// Refuses stages with an output that `.dvcignore` leaves out: nobody would see it change.
    func requireVisibleOutputs(of stages: ArraySlice<Stage>) throws {
        for stage in stages {
            for output in stage.outputs {
                // A longer path is of no file, and would be looked at folder by folder. What there is is asked only where it matters.
                guard output.path.utf8.count < PATH_MAX,
                    let relative = Paths.inside(output.path, of: project.root),
                    [true, false].contains(where: { ignoreRules.isIgnored(relative, isDirectory: $0) }),
                    try ignoreRules.isIgnored(relative, isDirectory: source.kind(of: output.path) == .directory)
                else { continue }
                let metafile = stage.id.metafile
                let document = index.pipelines.last { $0.path == metafile }?.document
                let diagnostic = Diagnostic(
                    file: project.shown(metafile),
                    line: stage.definition.flatMap { document?.line(of: $0.diagnosticPath) },
                    message: "output '\(project.shown(output.path))' is ignored by .dvcignore",
                    hint: "'apus check-ignore -d \(project.shown(output.path))' shows the rule"
                )
                throw ProjectError.invalidMetafile(DiagnosticList([diagnostic]))
            }
        }
    }

    private func error(_ fault: PipelineDiagnostic, in pipeline: PipelineDocument) -> ProjectError {
        let name = project.shown(pipeline.path)
        let diagnostic = PipelineDocument.diagnostic(fault, in: pipeline.document, name: name)
        return ProjectError.invalidMetafile(DiagnosticList([diagnostic]))
    }

    func isIgnored(_ path: String, isDirectory: Bool) -> Bool {
        guard let relative = Paths.inside(path, of: project.root) else { return false }
        if ignoreRules.isIgnored(relative, isDirectory: isDirectory) { return true }
        guard let gitRules, let inGit = Paths.inside(path, of: gitRules.root) else { return false }
        return gitRules.isIgnored(inGit, isDirectory: isDirectory)
    }
}
