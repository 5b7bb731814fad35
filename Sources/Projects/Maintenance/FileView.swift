import Basics
import Git
import Metafiles
import ObjectStore
import Tracking

/// The files of a project as people think of them: those of the workspace or of a commit, and in their places the
/// outputs, whether they are there or not.
struct FileView {
    /// What Git or nobody tracks.
    enum Base {
        case workspace
        case revision(RevisionTree)
    }

    /// Something at a path.
    struct Node {
        /// Absolute.
        let path: String
        /// Its path is the name.
        var entry: Listing.Entry
        /// The bytes that its metafile records, when it is not in the base.
        var recordedSize: Int?
        /// Whether a link stands in its place, which is not followed.
        var isLink = false
    }

    let base: Base
    /// The folder that the paths of the base start from.
    let baseRoot: String
    let root: String
    let rules: IgnoreRules?
    /// Reads the manifest of a directory output; nil when it is nowhere.
    let manifest: (Output) -> Tree?
    private let outputs: [String: Output]
    /// The directories above outputs, with the names in them that lead to outputs.
    private let ways: [String: Set<String>]

    init(
        root: String,
        base: Base,
        baseRoot: String? = nil,
        rules: IgnoreRules? = nil,
        outputs: [Output] = [],
        manifest: @escaping (Output) -> Tree? = { _ in nil }
    ) {
        self.root = root
        self.base = base
        self.baseRoot = baseRoot ?? root
        self.rules = rules
        self.manifest = manifest
        let inside = outputs.filter { $0.entry.usesCache && $0.isInProject }
        self.outputs = Dictionary(inside.map { ($0.path, $0) }) { first, _ in first }
        var ways: [String: Set<String>] = [:]
        for output in inside {
            var path = output.path
            while path != root, !path.isEmpty, path != "/" {
                let parent = Paths.parent(path)
                if !ways[parent, default: []].insert(Paths.name(path)).inserted { break }
                path = parent
            }
        }
        self.ways = ways
    }

    /// What is at an absolute path inside of the root; nil when nothing is.
    func node(at path: String, onlyOutputs: Bool = false) throws -> Node? {
        merge(onlyOutputs ? nil : try baseNode(at: path), tracked(at: path))
    }

    /// What is directly in a directory, sorted by name.
    func contents(of path: String, onlyOutputs: Bool = false) throws -> [Node] {
        let base = try onlyOutputs ? [] : baseContents(of: path)
        let tracked = trackedContents(of: path)
        let known = Dictionary(tracked.map { ($0.entry.path, $0) }) { first, _ in first }
        let names = Set(base.map(\.entry.path))
        let all =
            base.compactMap { merge($0, known[$0.entry.path]) } + tracked.filter { !names.contains($0.entry.path) }
        return all.sorted { $0.entry.path.utf8.lexicographicallyPrecedes($1.entry.path.utf8) }
    }

    /// The state of the base with what is known of it as an output.
    private func merge(_ base: Node?, _ tracked: Node?) -> Node? {
        guard var node = base else { return tracked }
        guard let tracked else { return node }
        node.entry.isOutput = tracked.entry.isOutput
        node.entry.hash = tracked.entry.hash
        return node
    }

    // MARK: The base

    private func baseNode(at path: String) throws -> Node? {
        if path != root, isIgnored(path, isDirectory: false) { return nil }
        switch base {
        case .workspace: return try workspaceNode(at: path)
        case .revision(let tree):
            let relative = path == baseRoot ? "" : Paths.inside(path, of: baseRoot) ?? ""
            if relative.isEmpty {
                return Node(path: path, entry: Listing.Entry(path: Paths.name(path), isDirectory: true))
            }
            return try tree.entry(relative).flatMap { try revisionNode($0, at: path, tree) }
        }
    }

    private func baseContents(of path: String) throws -> [Node] {
        switch base {
        case .workspace:
            guard try Files.status(path)?.kind == .directory else { return [] }
            return try Files.entries(in: path).compactMap { entry in
                let child = Paths.join(path, entry.name)
                return isIgnored(child, isDirectory: entry.kind == .directory) ? nil : try workspaceNode(at: child)
            }
        case .revision(let tree):
            let relative = path == baseRoot ? "" : Paths.inside(path, of: baseRoot) ?? ""
            return try (tree.entries(in: relative) ?? []).compactMap { entry in
                let child = Paths.join(path, Paths.name(entry.path))
                return isIgnored(child, isDirectory: entry.kind == .directory)
                    ? nil : try revisionNode(entry, at: child, tree)
            }
        }
    }

    private func workspaceNode(at path: String) throws -> Node? {
        guard let status = try Files.status(path) else { return nil }
        let isLink = status.kind == .symbolicLink
        let target = isLink ? try? Files.status(path, followLinks: true) : status
        let entry = Listing.Entry(
            path: Paths.name(path),
            isDirectory: status.kind == .directory,
            isExecutable: target?.kind == .regular && target?.isExecutable ?? false,
            size: target?.size ?? 0
        )
        return Node(path: path, entry: entry, isLink: isLink)
    }

    private func revisionNode(_ entry: RevisionTree.Entry, at path: String, _ tree: RevisionTree) throws -> Node? {
        if entry.kind == .submodule { return nil }
        let isDirectory = entry.kind == .directory
        return Node(
            path: path,
            entry: Listing.Entry(
                path: Paths.name(path),
                isDirectory: isDirectory,
                isExecutable: entry.kind == .executable,
                size: isDirectory ? nil : try tree.contents(of: entry.path)?.count
            ),
            isLink: entry.kind == .symbolicLink
        )
    }

    private func isIgnored(_ path: String, isDirectory: Bool) -> Bool {
        guard let rules, let relative = Paths.inside(path, of: rules.root) else { return false }
        return rules.isIgnored(relative, isDirectory: isDirectory)
    }

    // MARK: Outputs

    private func tracked(at path: String) -> Node? {
        let name = Paths.name(path)
        if let output = outputs[path] { return Self.node(of: output) }
        if ways[path] != nil { return Node(path: path, entry: Listing.Entry(path: name, isDirectory: true)) }
        guard let (tree, subpath) = holder(of: path) else { return nil }
        if let index = tree.index(of: subpath) { return Self.node(at: path, tree, index) }
        if tree.range(below: subpath).isEmpty { return nil }
        return Node(path: path, entry: Listing.Entry(path: name, isOutput: true, isDirectory: true))
    }

    private func trackedContents(of path: String) -> [Node] {
        if let names = ways[path] {
            return names.compactMap { tracked(at: Paths.join(path, $0)) }
        }
        guard let (tree, subpath) = holder(of: path) else { return [] }
        let prefix = subpath.isEmpty ? 0 : subpath.utf8.count + 1
        var found: [Node] = []
        for index in tree.range(below: subpath) {
            let rest = tree.path(at: index).utf8.dropFirst(prefix)
            guard let name = String(rest.prefix { $0 != UInt8(ascii: "/") }) else { continue }
            let child = Paths.join(path, name)
            if rest.count == name.utf8.count {
                found.append(Self.node(at: child, tree, index))
            } else if found.last?.path != child {
                found.append(Node(path: child, entry: Listing.Entry(path: name, isOutput: true, isDirectory: true)))
            }
        }
        return found
    }

    /// The directory output that is or holds the path, and the path inside of it.
    private func holder(of path: String) -> (tree: Tree, subpath: String)? {
        var current = path
        while current != root, current.utf8.count > 1 {
            if let output = outputs[current] {
                guard output.object?.isTree ?? false, let tree = manifest(output) else { return nil }
                return (tree, Paths.inside(path, of: current) ?? "")
            }
            current = Paths.parent(current)
        }
        return nil
    }

    private static func node(of output: Output) -> Node {
        let entry = Listing.Entry(
            path: Paths.name(output.path),
            isOutput: true,
            isDirectory: output.object?.isTree ?? false,
            isExecutable: false,
            // Of an output that was never recorded DVC says 0.
            size: output.object == nil ? 0 : output.entry.size,
            hash: output.object?.description
        )
        return Node(path: output.path, entry: entry, recordedSize: output.entry.size)
    }

    private static func node(at path: String, _ tree: Tree, _ index: Int) -> Node {
        let hash = ObjectID(digest: tree.digest(at: index)).description
        return Node(path: path, entry: Listing.Entry(path: Paths.name(path), isOutput: true, hash: hash))
    }
}
