import Basics
import Git
import Metafiles
import ObjectStore

extension Project {
    /// What `add` wrote beside the cache.
    package struct AddedFiles: Sendable {
        /// Metafiles and ignore files, in the order to show them: sorted.
        package var files: Set<String> = []
        /// Targets whose files none of the link types could make.
        package var unlinked: [String] = []
    }

    /// Puts files and directories under version control.
    package func add(_ targets: [String], commit: Bool = true, relink: Bool = true) throws -> AddedFiles {
        let stages = try collect().stages
        var added = AddedFiles()
        for target in targets {
            try add(absolute(target), target, stages, commit: commit, relink: relink, into: &added)
        }
        return added
    }

    private func add(
        _ path: String,
        _ target: String,
        _ stages: [Stage],
        commit: Bool,
        relink: Bool,
        into added: inout AddedFiles
    ) throws {
        let isInside = Paths.inside(path, of: root) != nil && !Paths.isSameOrInside(path, folder)
        if !isInside { throw ProjectError.outsideProject(target) }
        guard Files.exists(path) else { throw ProjectError.missingTarget(target) }
        try checkGit(path, target)
        let (stage, output) = try place(for: path, target, stages)
        guard var dataFile = stage.dataFile, stage.command == nil, !stage.isImport else {
            throw ProjectError.notADataSource(target)
        }
        let subpath = Paths.inside(path, of: output.path)
        let workspace = workspace(for: output)
        let existing = try subpath.flatMap { _ in try output.object.flatMap { try workspace.store.tree($0) } }
        let addition = try workspace.add(
            output.path,
            existing: existing,
            existingSize: output.entry.size,
            subpath: subpath,
            relink: relink,
            commit: commit
        )
        guard let addition else { throw ProjectError.missingTarget(target) }
        if !addition.isLinked { added.unlinked.append(target) }
        try ignore(output.path, &added)
        var entry = output.entry
        entry.record(RecordedContent(addition.state))
        if let index = dataFile.outputs.firstIndex(where: { $0.path == entry.path }) {
            dataFile.outputs[index] = entry
        }
        try Files.writeIfChanged(dataFile.bytes, to: stage.id.metafile)
        added.files.insert(shown(stage.id.metafile))
    }

    private func checkGit(_ path: String, _ target: String) throws {
        guard let git, try git.isTracked(path) else { return }
        throw ProjectError.trackedByGit(target)
    }

    /// The stage and output that hold `path`, new ones unless something does already.
    private func place(for path: String, _ target: String, _ stages: [Stage]) throws -> (Stage, Output) {
        for stage in stages {
            for output in stage.outputs {
                if Paths.isSameOrInside(path, output.path) { return (stage, output) }
                if Paths.inside(output.path, of: path) != nil {
                    throw ProjectError.overlapping(
                        child: shown(output.path),
                        parent: target,
                        metafile: shown(stage.id.metafile)
                    )
                }
            }
        }
        let metafile = path + ".dvc"
        let dataFile = DataFile(output: Entry(path: Paths.name(path)))
        let stage = Stage(id: StageID(metafile: metafile, name: nil), dataFile: dataFile, root: root)
        if let git, try git.isIgnored(metafile) { throw ProjectError.metafileIgnored(shown(metafile)) }
        guard let output = stage.outputs.first else { throw ProjectError.missingTarget(target) }
        return (stage, output)
    }

    private func ignore(_ path: String, _ added: inout AddedFiles) throws {
        guard let git else { return }
        if case .written(let file) = try GitIgnoreFile.add(entryFor: path, in: git) { added.files.insert(shown(file)) }
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
