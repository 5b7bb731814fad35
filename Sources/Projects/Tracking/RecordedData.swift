import Basics
import Digests
import Metafiles
import ObjectStore
import Tracking

/// The data that the metafiles of one time record, found by absolute paths; read from the cache, or else from the remote.
final class RecordedData {
    private let project: Project
    private let outputs: [String: Output]
    private var trees: [ObjectID: Tree?] = [:]

    init(_ index: StageIndex, of project: Project) {
        self.project = project
        let outputs = index.stages.flatMap(\.outputs).filter { $0.entry.usesCache && $0.isInProject }
        self.outputs = Dictionary(outputs.map { ($0.path, $0) }) { first, _ in first }
    }

    /// The output at a path or around it.
    private func holder(of path: String) -> Output? {
        var current = path
        while Paths.isSameOrInside(current, project.root) {
            if let output = outputs[current] { return output }
            current = Paths.parent(current)
        }
        return nil
    }

    /// What is recorded at a path; nil when nothing is.
    func kind(of path: String) throws -> FileStatus.Kind? {
        guard let output = holder(of: path) else {
            return outputs.keys.contains { Paths.isSameOrInside($0, path) } ? .directory : nil
        }
        if output.path == path { return output.object?.isTree == true ? .directory : .regular }
        guard let inner = Paths.inside(path, of: output.path), output.object?.isTree == true else { return nil }
        guard let tree = try tree(of: output) else { throw ReadFailure.notListed(project.relative(output.path)) }
        if tree.index(of: inner) != nil { return .regular }
        return tree.range(below: inner).isEmpty ? nil : .directory
    }

    /// The paths of the recorded files below a directory, in no order; throws when a listing is nowhere to be had.
    func files(below path: String) throws -> [String] {
        let held = holder(of: path).map { [$0] } ?? outputs.values.filter { Paths.isSameOrInside($0.path, path) }
        return try held.flatMap { output in
            guard output.object?.isTree == true else { return [output.path] }
            guard let tree = try tree(of: output) else { throw ReadFailure.notListed(project.relative(output.path)) }
            let inner = Paths.inside(path, of: output.path) ?? ""
            return tree.range(below: inner).map { Paths.join(output.path, tree.path(at: $0)) }
        }
    }

    /// The bytes of a recorded file; nil when nothing is recorded at the path.
    func contents(of path: String) throws -> [UInt8]? {
        guard let kind = try kind(of: path) else { return nil }
        let name = project.relative(path)
        guard kind == .regular, let output = holder(of: path) else { throw ReadFailure.directory(name) }
        guard let id = try object(at: path, in: output), let bytes = try bytes(of: id, in: output) else {
            throw ReadFailure.notStored(name)
        }
        return bytes
    }

    /// The listing of a directory output; nil when it is nowhere to be had.
    func tree(of output: Output) throws -> Tree? {
        guard let id = output.object, id.isTree else { return nil }
        if let known = trees[id] { return known }
        var tree = try project.store(for: output).tree(id)
        if tree == nil, let bytes = remoteBytes(of: id, in: output) { tree = try? Tree(manifest: bytes, id: id) }
        trees[id] = .some(tree)
        return tree
    }

    private func object(at path: String, in output: Output) throws -> ObjectID? {
        guard let inner = Paths.inside(path, of: output.path) else { return output.object }
        guard let tree = try tree(of: output), let index = tree.index(of: inner) else { return nil }
        return ObjectID(digest: tree.digest(at: index))
    }

    private func bytes(of id: ObjectID, in output: Output) throws -> [UInt8]? {
        let store = project.store(for: output)
        if let bytes = try Files.readIfPresent(store.path(of: id)) { return bytes }
        return remoteBytes(of: id, in: output)
    }

    /// An object of the output's remote; nil when there is none, or no remote that can be asked.
    private func remoteBytes(of id: ObjectID, in output: Output) -> [UInt8]? {
        let kind: HashKind = output.isLegacy ? .md5DOS2Unix : .md5
        guard let remote = try? project.openRemote(output.entry.remote, kind: kind) else { return nil }
        var bytes: [UInt8] = []
        do {
            try remote.download(id) { bytes += $0 }
        } catch {
            return nil
        }
        return id.isValid(bytes, kind: kind) ? bytes : nil
    }
}

extension ObjectID {
    /// Whether the bytes are those the name stands for.
    fileprivate func isValid(_ bytes: [UInt8], kind: HashKind) -> Bool {
        digest == (isTree || kind == .md5 ? MD5.hash(bytes) : DOS2UnixHasher.hash(bytes))
    }
}
