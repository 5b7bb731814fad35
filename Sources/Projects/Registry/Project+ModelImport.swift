import Archives
import Basics
import OrderedCollections
import Values

extension Project {
    /// How a model is imported.
    package struct ImportOptions: Sendable {
        /// The name of the artifact; nil for that in the archive.
        package var name: String?
        /// The folder for its files; nil for one below `models`.
        package var destination: String?
        /// Whether its data is put under version control.
        package var adds = true
        package var overwrites = false
        /// The bytes that its files may have together.
        package var limit = 64 << 30

        package init() {}
    }

    /// What came of an import.
    package struct ImportedModel: Sendable {
        package let name: String
        /// The file or folder of the model, as the caller would type it.
        package let path: String
        /// The files that came, below the folder.
        package let files: [String]
        /// What did not come, and why.
        package let left: [(name: String, reason: String)]
        /// What is to be known of files that did come.
        package let warnings: [String]
        /// Metafiles that were written.
        package var changes = ChangedFileNames()
    }

    /// Takes a model out of a file or folder that BentoML exported, and declares it in the project's `dvc.yaml`.
    ///
    /// Nothing of it is executed or unpickled, and nothing is written beside the model's folder.
    package func importModel(_ file: String, _ options: ImportOptions = ImportOptions()) throws -> ImportedModel {
        let models = absolute(options.destination ?? Paths.join(root, "models"))
        if !isOwn(Paths.join(models, "model")) { throw ProjectError.outsideProject(shown(models)) }
        let parent = options.destination == nil ? models : Paths.parent(models)
        try Files.makeDirectories(parent)
        let folder = try Files.makeUniqueFolder(Paths.join(parent, ".apus-import-"))
        defer { try? Files.remove(folder) }
        let unpacked = Paths.join(folder, "model")
        try Files.makeDirectories(unpacked)
        let outcome = try unpack(absolute(file), to: unpacked, options)
        guard let manifest = try Files.readIfPresent(Paths.join(unpacked, "model.yaml")) else {
            throw ModelImportError.noManifest(shown(absolute(file)))
        }
        if manifest.count > 8 << 20 { throw ArchiveError.tooLarge("a model.yaml of \(manifest.count) bytes") }
        let bento = try BentoModel(parsing: manifest)
        guard let name = options.name ?? bento.artifactName else { throw RegistryError.invalidName(bento.name) }

        var left = outcome.skipped
        var files: [String] = []
        for file in outcome.files where file != "model.yaml" {
            if Paths.name(file) == "custom_objects.pkl" {
                left.append((file, "Python code, which is not run; say what it did in 'services:' of apus.yaml"))
                try Files.remove(Paths.join(unpacked, file))
            } else if Self.isMetafile(file) {
                left.append((file, "it would be taken for a part of this project"))
                try Files.remove(Paths.join(unpacked, file))
            } else {
                files.append(file)
            }
        }
        if files.isEmpty { throw ModelImportError.noWeights(shown(absolute(file))) }
        try Files.remove(Paths.join(unpacked, "model.yaml"))

        let target = options.destination == nil ? Paths.join(models, name) : models
        let path = files.count == 1 ? Paths.join(target, files[0]) : target
        var artifact = NewArtifact(name: name, path: path)
        artifact.labels = bento.labels
        var meta = bento.meta
        if !left.isEmpty { meta["left-behind"] = .list(left.map { .string($0.name) }) }
        artifact.meta = .map(["bentoml": .map(meta)])
        return try settle(artifact, from: unpacked, at: target, files, left, options, spare: Paths.join(folder, "old"))
    }

    private func settle(
        _ artifact: NewArtifact,
        from unpacked: String,
        at target: String,
        _ files: [String],
        _ left: [(name: String, reason: String)],
        _ options: ImportOptions,
        spare: String
    ) throws -> ImportedModel {
        let exists = Files.exists(target)
        if exists, !options.overwrites { throw ProjectError.alreadyThere(shown(target)) }
        let pipeline = Paths.join(root, "dvc.yaml")
        // The declaration comes first: when it cannot be, nothing has changed.
        let written = try addArtifact(artifact, to: pipeline, replacing: options.overwrites)
        if exists {
            try keepMetafiles(of: target, in: unpacked)
            try Files.rename(target, to: spare)
        }
        try Files.makeDirectories(Paths.parent(target))
        try Files.rename(unpacked, to: target)
        var changes = ChangedFileNames()
        if options.adds { changes = try add([artifact.path]) }
        changes.files.insert(written)
        return ImportedModel(
            name: artifact.name,
            path: shown(artifact.path),
            files: files,
            left: left,
            warnings: files.filter { file in BentoModel.pickles.contains { file.hasSuffix($0) } }.map {
                "'\($0)' is a pickle: whoever loads it runs the program in it"
            },
            changes: changes
        )
    }

    /// Whether a file would tell DVC or Git what to do, which an archive may not.
    private static func isMetafile(_ path: String) -> Bool {
        let name = Paths.name(path).lowercased()
        return name.hasSuffix(".dvc") || name.hasPrefix(".git")
            || ["dvc.yaml", "dvc.lock", ".dvcignore", "apus.yaml"].contains(name)
    }

    /// Puts the files that speak of the data of a folder beside what takes its place.
    private func keepMetafiles(of folder: String, in new: String) throws {
        guard Files.isDirectory(folder) else { return }
        for entry in try Files.entries(in: folder) where entry.kind == .regular {
            guard entry.name == ".gitignore" || entry.name.hasSuffix(".dvc") else { continue }
            let place = Paths.join(new, entry.name)
            if !Files.exists(place) {
                try Files.writeAtomically(try Files.read(Paths.join(folder, entry.name)), to: place)
            }
        }
    }

    /// Unpacks an archive, or copies a folder.
    private func unpack(
        _ source: String,
        to folder: String,
        _ options: ImportOptions
    ) throws -> ArchiveExtractor.Outcome {
        if !Files.isDirectory(source) {
            let limits = ArchiveLimits(bytes: options.limit, entries: 100_000)
            return try ArchiveExtractor.extract(source, to: folder, limits: limits)
        }
        var outcome = ArchiveExtractor.Outcome()
        var pending = [""]
        while let inner = pending.popLast() {
            for entry in try Files.entries(in: Paths.join(source, inner)) {
                let path = Paths.join(inner, entry.name)
                _ = try ArchivePath.parts(of: path)
                switch entry.kind {
                case .directory:
                    pending.append(path)
                    try Files.makeDirectories(Paths.join(folder, path))
                case .regular:
                    try Files.copy(Paths.join(source, path), to: Paths.join(folder, path))
                    outcome.files.append(path)
                default: outcome.skipped.append((path, "neither a file nor a folder"))
                }
            }
        }
        return outcome
    }
}

/// Why something is no model that can be imported.
package enum ModelImportError: HintedError, Hashable, CustomStringConvertible {
    case noManifest(String)
    case noWeights(String)

    package var description: String {
        switch self {
        case .noManifest(let path): "'\(path)' is no model of BentoML: it has no model.yaml"
        case .noWeights(let path): "'\(path)' holds nothing that could be brought"
        }
    }

    package var hint: String? {
        switch self {
        case .noManifest: "to take a bare file, copy it here and declare it: apus model add NAME PATH && apus add PATH"
        case .noWeights: "export the model anew, for instance with bentoml.onnx.save_model"
        }
    }
}
