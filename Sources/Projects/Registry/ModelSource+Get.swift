import Basics
import Digests
import Git
import Metafiles
import ObjectStore
import Registry
import Remotes

/// A model at a commit, with all that its metafiles say.
struct FoundModel {
    let artifact: ModelArtifact
    let project: Project
    let content: ModelContent
    let tree: RevisionTree
    let version: ModelVersion?

    /// The version, or else the short id of the commit.
    var label: String { version?.number?.description ?? String(tree.commit.prefix(7)) }
}

extension ModelSource {
    /// A model that was put somewhere.
    package struct Delivered: Sendable {
        /// The files.
        package let count: Int
        /// As the caller would type it.
        package let path: String
        package let version: String?
        package let commit: String
    }

    /// How a model is handed out.
    package struct GetOptions: Sendable {
        /// A new name, or a folder to put it into; nil for its own name, here.
        package var destination: String?
        package var overwrites = false
        /// The remote that stands for the repository's default one.
        package var remote: String?
        package var jobs: Int?
        /// Whether the model has to have tags.
        package var needsVersion = false

        package init() {}
    }

    /// Brings the files of a model: from the caller's cache, the repository's own, its remotes, or Git.
    package func get(_ reference: ModelReference, _ options: GetOptions = GetOptions()) throws -> Delivered {
        let found = try find(reference, needsVersion: options.needsVersion)
        let directory = environment.workingDirectory
        var target = Paths.absolute(options.destination ?? Paths.name(found.artifact.path), from: directory)
        if options.destination != nil, Files.isDirectory(target) {
            target = Paths.join(target, Paths.name(found.artifact.path))
        }
        let shown = Paths.relative(target, to: directory)
        if Files.exists(target), !options.overwrites { throw ModelDataError.exists(shown) }
        try Files.makeDirectories(Paths.parent(target))
        let folder = try Files.makeUniqueFolder(Paths.join(Paths.parent(target), ".apus-get-"))
        defer { try? Files.remove(folder) }
        let model = Paths.join(folder, "model")
        let count = try deliver(found, to: model, staging: Paths.join(folder, "cache"), options)
        if Files.exists(target) { try Files.rename(target, to: Paths.join(folder, "old")) }
        try Files.rename(model, to: target)
        return Delivered(count: count, path: shown, version: found.version?.name, commit: found.tree.commit)
    }

    /// Writes the files of a model; the path becomes a file or a folder.
    func deliver(_ found: FoundModel, to path: String, staging: String, _ options: GetOptions) throws -> Int {
        let delivery = ModelDelivery(
            from: found.project,
            found.tree,
            cache: url == nil ? nil : try? Project(environment),
            remote: options.remote,
            jobs: options.jobs,
            staging: staging
        )
        let files = try found.project.files(of: found.content, at: found.artifact.path, in: found.tree) {
            try delivery.manifest(of: $0, $1)
        }
        let name = Paths.relative(found.artifact.path, to: found.project.registryTop)
        if files.isEmpty, !(found.content.outputs.contains { $0.object?.isTree ?? false }) {
            throw ModelDataError.nothing(name)
        }
        for file in files where !Self.isSafe(file.path) { throw ModelDataError.unsafePath(file.path) }
        try delivery.bring(files)
        if files.isEmpty { try Files.makeDirectories(path) }
        for file in files { try delivery.write(file, to: Paths.join(path, file.path)) }
        return files.count
    }

    /// Whether a name inside of a model stays there; a model that is one file has none.
    static func isSafe(_ path: String) -> Bool {
        if path.isEmpty { return true }
        return path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0)
        }
    }

    /// Finds a model at the commit that is meant.
    func find(_ reference: ModelReference, needsVersion: Bool = false) throws -> FoundModel {
        let git = try requireGit()
        let history = try Project.registry(of: git)[reference.model]
        if needsVersion, history.events.isEmpty {
            throw RegistryError.noVersion(reference.model.description)
        }
        let (commit, version) = try Project.choose(reference, history, in: git)
        let project = try project(for: reference.model, at: commit)
        let source = try RevisionFiles(commit, of: git)
        // Other files may be broken then; what the model needs is asked for below.
        let index = try project.collect(from: source, onFault: { _ in })
        guard let artifact = project.artifacts(in: index).first(where: { $0.name == reference.model }) else {
            let known = Set(project.artifacts(in: index).map(\.fullName)).sorted()
            if version == nil { throw RegistryError.unknownModel(reference.model.description, known: known) }
            throw RegistryError.notAnArtifact(reference.model.description, revision: String(commit.prefix(7)))
        }
        let content = try project.content(at: artifact.path, in: index, source)
        if content.isMissing {
            throw ModelDataError.nothing(Paths.relative(artifact.path, to: project.registryTop))
        }
        return FoundModel(
            artifact: artifact,
            project: project,
            content: content,
            tree: try git.tree(of: commit),
            version: version ?? history.version(at: commit)
        )
    }

    /// Where a remote has the object of a model.
    package func address(of reference: ModelReference, remote: String?, needsVersion: Bool = false) throws -> String {
        let found = try find(reference, needsVersion: needsVersion)
        guard let hash = found.content.hash, let id = ObjectID(hash), let output = found.content.outputs.first else {
            throw ModelDataError.nothing(Paths.relative(found.artifact.path, to: found.project.registryTop))
        }
        let kind = output.isLegacy ? HashKind.md5DOS2Unix : .md5
        let place = try found.project.openRemote(output.entry.remote ?? remote, kind: kind)
        return Paths.join(Paths.join(place.address, kind.folder), id.relativePath)
    }
}
