import Basics
import Digests
import Git
import Metafiles
import ObjectStore

/// A file of a model, and where its bytes are.
struct ModelFile {
    enum Content {
        /// An object of a cache or remote.
        case object(ObjectID, isLegacy: Bool, remote: String?)
        /// A file of Git: its path from the top of the repository.
        case blob(String)
        /// A file of the workspace.
        case file(String)
    }

    /// Below the model's path; empty for the model itself.
    let path: String
    let content: Content
    let isExecutable: Bool
    let size: Int?
}

/// What `dvc.yaml`, `dvc.lock` and `.dvc` files say of the data of a model at one time.
struct ModelContent {
    /// The object, where the model is one or part of a directory whose listing is known.
    var hash: String?
    var size: Int?
    var fileCount: Int?
    /// Whether Git has it, all or in part.
    var isInGit = false
    /// Whether nothing at all is known of it.
    var isMissing: Bool { outputs.isEmpty && !isInGit && workspacePath == nil }
    /// The outputs that are the model, hold it or are in it.
    fileprivate(set) var outputs: [Output] = []
    /// A file of the workspace that nobody tracks.
    fileprivate(set) var workspacePath: String?
}

extension Project {
    /// What is known of the data at an absolute path.
    func content(at path: String, in index: StageIndex, _ source: any FileSource) throws -> ModelContent {
        var content = ModelContent()
        let outputs = index.stages.flatMap(\.outputs).filter { $0.entry.usesCache }
        if let holder = outputs.first(where: { Paths.isSameOrInside(path, $0.path) }) {
            content.outputs = [holder]
            guard let subpath = Paths.inside(path, of: holder.path) else {
                content.hash = holder.object?.description
                content.size = holder.entry.size
                content.fileCount = holder.entry.fileCount
                return content
            }
            if let id = holder.object, id.isTree, let tree = try store(for: holder).tree(id) {
                if let position = tree.index(of: subpath) {
                    content.hash = ObjectID(digest: tree.digest(at: position)).description
                } else if let part = tree.subtree(subpath) {
                    content.hash = part.id.description
                    content.fileCount = part.count
                }
            }
            return content
        }
        content.outputs = outputs.filter { Paths.inside($0.path, of: path) != nil }
        guard Paths.inside(path, of: registryTop) != nil, let kind = try source.kind(of: path) else { return content }
        if source is WorkspaceFiles { content.workspacePath = path } else { content.isInGit = true }
        if kind == .regular, let bytes = try source.contents(of: path) {
            content.hash = MD5.hash(bytes).hex
            content.size = bytes.count
        }
        return content
    }

    /// All files of a model at a commit; `manifest` reads the listing of a directory that may be anywhere.
    func files(
        of content: ModelContent,
        at path: String,
        in tree: RevisionTree?,
        manifest: (Output, ObjectID) throws -> Tree
    ) throws -> [ModelFile] {
        var files: [ModelFile] = []
        for output in content.outputs {
            files += try self.files(of: output, at: path, manifest: manifest)
        }
        let known = Set(files.map(\.path))
        if content.isInGit, let tree, let relative = Paths.inside(path, of: registryTop) {
            files += try Self.files(at: relative, in: tree).filter { !known.contains($0.path) }
        } else if let root = content.workspacePath {
            files += try Self.workspaceFiles(at: root).filter { !known.contains($0.path) }
        }
        return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private func files(
        of output: Output,
        at path: String,
        manifest: (Output, ObjectID) throws -> Tree
    ) throws -> [ModelFile] {
        guard let id = output.object else { throw ModelDataError.notRecorded(shown(output.path)) }
        let prefix = Paths.inside(output.path, of: path) ?? ""
        let subpath = Paths.inside(path, of: output.path) ?? ""
        func file(_ path: String, _ id: ObjectID, _ size: Int?) -> ModelFile {
            let content = ModelFile.Content.object(id, isLegacy: output.isLegacy, remote: output.entry.remote)
            return ModelFile(path: path, content: content, isExecutable: output.entry.isExecutable, size: size)
        }
        if !id.isTree { return subpath.isEmpty ? [file(prefix, id, output.entry.size)] : [] }
        let tree = try manifest(output, id)
        if !subpath.isEmpty, let position = tree.index(of: subpath) {
            return [file("", ObjectID(digest: tree.digest(at: position)), tree.size(at: position))]
        }
        let part = subpath.isEmpty ? tree : tree.subtree(subpath) ?? .empty
        return (0..<part.count).map { position in
            let id = ObjectID(digest: part.digest(at: position))
            return file(Paths.join(prefix, part.path(at: position)), id, part.size(at: position))
        }
    }

    private static func files(at path: String, in tree: RevisionTree) throws -> [ModelFile] {
        guard let entry = try tree.entry(path) else { return [] }
        if entry.isFile {
            return [ModelFile(path: "", content: .blob(path), isExecutable: entry.kind == .executable, size: nil)]
        }
        var found: [ModelFile] = []
        var pending = [path]
        while let folder = pending.popLast() {
            for entry in try tree.entries(in: folder) ?? [] {
                if entry.kind == .directory { pending.append(entry.path) }
                guard entry.isFile, !isOwnFile(entry.path), let inside = Paths.inside(entry.path, of: path) else {
                    continue
                }
                let isExecutable = entry.kind == .executable
                found.append(
                    ModelFile(path: inside, content: .blob(entry.path), isExecutable: isExecutable, size: nil)
                )
            }
        }
        return found
    }

    private static func workspaceFiles(at path: String) throws -> [ModelFile] {
        guard let status = try Files.status(path, followLinks: true) else { return [] }
        if status.kind == .regular {
            return [ModelFile(path: "", content: .file(path), isExecutable: status.isExecutable, size: status.size)]
        }
        var found: [ModelFile] = []
        var pending = [path]
        while let folder = pending.popLast() {
            for entry in try Files.entries(in: folder) {
                let file = Paths.join(folder, entry.name)
                if entry.kind == .directory { pending.append(file) }
                guard entry.kind == .regular, !isOwnFile(file), let status = try Files.status(file),
                    let inside = Paths.inside(file, of: path)
                else { continue }
                found.append(
                    ModelFile(
                        path: inside,
                        content: .file(file),
                        isExecutable: status.isExecutable,
                        size: status.size
                    )
                )
            }
        }
        return found
    }

    /// Whether a file speaks of data and is none.
    private static func isOwnFile(_ path: String) -> Bool {
        let name = Paths.name(path)
        return name == ".gitignore" || (name.hasSuffix(".dvc") && name != ".dvc")
    }
}

/// Why the data of a model cannot be had.
package enum ModelDataError: HintedError, Hashable {
    /// An output that was never recorded at that time.
    case notRecorded(String)
    case nothing(String)
    /// Objects that neither a cache nor a remote has.
    case missing(count: Int, places: [String])
    /// A file name that would lead out of the target.
    case unsafePath(String)
    /// Bytes that are not what was recorded.
    case corrupt(String)
    case exists(String)
    /// A name that promises no format of archives.
    case unknownFormat(String)

    package var hint: String? {
        switch self {
        case .notRecorded: "run the pipeline with 'apus repro', or 'apus commit', then commit dvc.lock"
        case .nothing: "the 'path' of the artifact in dvc.yaml has to be an output or a file in Git"
        case .missing: "send it where others find it: 'apus push' in the repository of the model"
        case .corrupt: "remove the bad object, then get it again"
        case .unknownFormat: "names end in .tar.gz, .tar.xz, .tar or .bentomodel"
        case .exists: "to replace it, use --force"
        case .unsafePath: nil
        }
    }
}

extension ModelDataError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notRecorded(let path): "no checksum of '\(path)' was recorded at this revision"
        case .nothing(let path): "there is nothing at '\(path)' at this revision"
        case .missing(let count, let places):
            "\(count) \(count == 1 ? "file" : "files") of the model cannot be found; looked in "
                + places.map { "'\($0)'" }.joined(separator: ", ")
        case .unsafePath(let path): "the name '\(path)' leads out of the model"
        case .corrupt(let path): "the bytes of '\(path)' are not those that were recorded"
        case .unknownFormat(let path): "what kind of archive '\(path)' is to be is not clear from its name"
        case .exists(let path): "'\(path)' already exists"
        }
    }
}
