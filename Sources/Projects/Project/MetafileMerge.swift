import Basics
package import Git
import Metafiles
import ObjectStore
import OrderedCollections
import Values

/// The merge of two versions of a metafile that go back to a common one: the work of Git's merge driver.
///
/// A `dvc.lock` is merged stage by stage, a directory's `.dvc` file file by file. What cannot be merged so is left to
/// Git's line by line merge, which puts conflict markers into our version.
package struct MetafileMerge {
    private let repository: Repository
    /// Nil where no project is; then caches are out of reach.
    private let project: Project?
    private let ancestor: String
    private let ours: String
    private let theirs: String

    /// Paths of the three versions are absolute; ours is the one to be written, and must be in the work tree.
    package init(
        ancestor: String,
        ours: String,
        theirs: String,
        in repository: Repository,
        project: Project?
    ) throws(ProjectError) {
        guard let path = Files.canonical(ours), let root = Files.canonical(repository.root),
            Paths.inside(path, of: root) != nil
        else { throw .outsideProject(ours) }
        self.repository = repository
        self.project = project
        self.ancestor = ancestor
        self.ours = ours
        self.theirs = theirs
    }

    /// Writes the merged version over ours and returns what is left for a person to decide; nothing when that is empty.
    package func run() throws -> [String] {
        let versions = try [ancestor, ours, theirs].map { try Files.readIfPresent($0) ?? [] }
        do {
            if versions.contains(where: Self.isLockFile) { return try mergeLockFiles(versions) }
            try mergeDataFiles(versions)
            return []
        } catch let problem as Unmergeable {
            return try mergeLines(problem.reasons)
        } catch let list as DiagnosticList {
            return try mergeLines(list.diagnostics.map(\.description))
        }
    }

    /// Why a file cannot be merged other than line by line.
    private struct Unmergeable: Error {
        let reasons: [String]
    }

    private func mergeLines(_ reasons: [String]) throws -> [String] {
        try repository.mergeFile(ours, ancestor: ancestor, theirs: theirs) ? [] : reasons
    }

    private static func isLockFile(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes.prefix(1 << 16), as: UTF8.self).split(separator: "\n").contains {
            $0.hasPrefix("schema:") || $0.hasPrefix("stages:")
        }
    }

    private func mergeLockFiles(_ versions: [[UInt8]]) throws -> [String] {
        let files = try versions.map { try LockFile(parsing: $0, name: "dvc.lock") }
        guard let merged = LockFile.merge(ancestor: files[0], ours: files[1], theirs: files[2]) else {
            throw Unmergeable(reasons: ["both sides changed the head of the file"])
        }
        try Files.writeAtomically(merged.bytes, to: ours)
        return merged.conflicts.map { "both sides changed stage '\($0)'" }
    }

    // MARK: .dvc files

    private func mergeDataFiles(_ versions: [[UInt8]]) throws {
        let files = try versions.map { try DataFile(parsing: $0, name: "*.dvc") }
        guard let theirOutput = files[2].outputs.first else { return }
        guard let ourOutput = files[1].outputs.first else {
            return try Files.writeAtomically(files[2].bytes, to: ours)
        }
        for file in files where !file.dependencies.isEmpty || file.command != nil || file.outputs.count > 1 {
            throw Unmergeable(reasons: ["only files made by 'apus add' can be merged"])
        }
        let ancestors = files[0].outputs.first
        var merged = files[1]
        merged.outputs = [try mergeOutputs(ancestors, ourOutput, theirOutput)]
        merged.fields = try mergeFields(files.map(\.fields), except: ["outs"])
        try Files.writeAtomically(merged.bytes, to: ours)
    }

    private static let contentKeys: Set<Value.Key> = ["md5", "size", "nfiles", "hash"]

    private static func options(_ entry: Entry) -> [Value.Key: Value] {
        entry.fields.reduce(into: [:]) { if !contentKeys.contains($1.key) { $0[$1.key] = $1.value } }
    }

    private func mergeOutputs(_ ancestor: Entry?, _ ours: Entry, _ theirs: Entry) throws -> Entry {
        var result = ours
        if ancestor == nil, Self.options(ours) != Self.options(theirs) {
            throw Unmergeable(reasons: ["the options of '\(ours.path)' differ"])
        }
        let before = ancestor?.fields ?? ours.fields
        result.fields = try mergeFields([before, ours.fields, theirs.fields], except: Self.contentKeys)
        if let content = ThreeWay(ancestor?.content, ours.content, theirs.content).result, let content {
            result.record(content)
            return result
        }
        guard let project else { throw Unmergeable(reasons: ["no project is here whose cache could be asked"]) }
        guard ours.isLegacy == theirs.isLegacy, let left = ours.object, let right = theirs.object, left.isTree,
            right.isTree
        else { throw Unmergeable(reasons: ["both sides changed '\(ours.path)', which is not a directory on both"]) }
        let store = ours.isLegacy ? project.legacyStore : project.store
        let base = ancestor?.object.flatMap { $0.isTree ? $0 : nil }
        let (tree, conflicts) = try Tree.merge(
            ancestor: try base.map { try Self.tree($0, in: store) } ?? .empty,
            ours: try Self.tree(left, in: store),
            theirs: try Self.tree(right, in: store)
        )
        if !conflicts.isEmpty {
            throw Unmergeable(reasons: conflicts.map { "both sides changed '\(ours.path)/\($0)'" })
        }
        try store.insert(tree)
        result.record(
            RecordedContent(
                hash: RecordedHash(algorithm: ours.isLegacy ? .md5DOS2Unix : .md5, value: tree.id.description),
                size: Self.size(of: tree, in: store),
                fileCount: tree.count,
                isExecutable: false
            )
        )
        return result
    }

    private static func tree(_ id: ObjectID, in store: ObjectStore) throws -> Tree {
        if let tree = try store.tree(id) { return tree }
        throw Unmergeable(reasons: ["the cache lacks \(id); try 'apus fetch --all-commits', then merge again"])
    }

    private static func size(of tree: Tree, in store: ObjectStore) -> Int? {
        var total = 0
        for index in 0..<tree.count {
            guard let size = store.size(of: ObjectID(digest: tree.digest(at: index))) else { return nil }
            total += size
        }
        return total
    }

    /// Merges mappings key by key, in the order of ours.
    private func mergeFields(_ versions: [Value.Map], except: Set<Value.Key>) throws -> Value.Map {
        var result = versions[1]
        for key in Array(versions[1].keys) + versions[2].keys where !except.contains(key) {
            guard let value = ThreeWay(versions[0][key], versions[1][key], versions[2][key]).result else {
                throw Unmergeable(reasons: ["both sides changed '\(key)'"])
            }
            result[key] = value
        }
        return result
    }
}
