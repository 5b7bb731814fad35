import Basics
package import Tracking

extension Project {
    /// How files are listed.
    package struct ListingOptions: Sendable {
        /// Inside of the project; relative to the caller's directory when that is inside too.
        package var path: String?
        package var isRecursive = false
        /// How many directories deep; nil for all.
        package var depth: Int?
        package var onlyOutputs = false

        package init() {}
    }

    /// The files of a project, tracked by Git, by DVC or by nobody.
    package static func list(
        _ place: Place,
        _ options: ListingOptions,
        _ environment: Environment
    ) throws -> Listing {
        let view = try view(of: place, environment)
        let start = try view.start(options.path, environment)
        let depth = options.isRecursive ? options.depth : 1
        if depth == 0 || !start.node.entry.isDirectory {
            var entry = start.node.entry
            entry.path = options.path.map(Paths.name) ?? "."
            return Listing(entries: [entry])
        }
        var found: [Listing.Entry] = []
        func visit(_ path: String, _ prefix: String, _ level: Int) throws {
            for node in try view.contents(of: path, onlyOutputs: options.onlyOutputs) {
                var entry = node.entry
                entry.path = Paths.join(prefix, entry.path)
                if entry.isDirectory, level != depth {
                    try visit(node.path, entry.path, level + 1)
                } else {
                    found.append(entry)
                }
            }
        }
        try visit(start.node.path, start.prefix, 1)
        return Listing(entries: found)
    }

    /// The same as a tree.
    package static func listTree(
        _ place: Place,
        _ options: ListingOptions,
        _ environment: Environment
    ) throws -> ListingTree {
        let view = try view(of: place, environment)
        let start = try view.start(options.path, environment)
        func tree(_ node: FileView.Node, _ level: Int) throws -> ListingTree {
            guard node.entry.isDirectory, level != options.depth else { return ListingTree(entry: node.entry) }
            let contents = try view.contents(of: node.path, onlyOutputs: options.onlyOutputs)
            return ListingTree(entry: node.entry, contents: try contents.map { try tree($0, level + 1) })
        }
        var node = start.node
        node.entry.path = options.path ?? "."
        return try tree(node, 0)
    }

    /// The bytes of what is directly at a path and of all of it; only the latter when it is to be summed up.
    package static func diskUsage(
        _ place: Place,
        path: String?,
        summarize: Bool,
        _ environment: Environment
    ) throws -> DiskUsage {
        let view = try view(of: place, environment)
        let start = try view.start(path, environment)
        let name = path ?? ""
        if summarize || !start.node.entry.isDirectory {
            return DiskUsage(entries: [DiskUsage.Entry(path: name, bytes: try view.size(of: start.node))])
        }
        var entries = try view.contents(of: start.node.path).filter { !FileView.isMetafile($0) }.map { node in
            DiskUsage.Entry(path: Paths.join(name, node.entry.path), bytes: try view.size(of: node))
        }
        entries.append(DiskUsage.Entry(path: name, bytes: entries.reduce(0) { $0.addingBytes($1.bytes) }))
        return DiskUsage(entries: entries)
    }
}

extension FileView {
    /// Where a listing starts, and what goes before the names of what is in it.
    fileprivate func start(
        _ path: String?,
        _ environment: Project.Environment
    ) throws -> (node: Node, prefix: String) {
        let isInside = Paths.isSameOrInside(environment.workingDirectory, root)
        let directory = isInside ? environment.workingDirectory : root
        let absolute = path.map { Paths.absolute($0, from: directory) } ?? root
        guard Paths.isSameOrInside(absolute, root), let node = try node(at: absolute) else {
            throw ListingError.missing(path ?? root)
        }
        return (node, path != nil || directory == root ? "" : Paths.relative(root, to: directory))
    }

    /// The bytes of a file or of everything in a directory; what a directory output has is known as a whole, when it is
    /// not there.
    fileprivate func size(of node: Node) throws -> Int {
        if !node.entry.isDirectory { return node.entry.size ?? 0 }
        if let size = node.recordedSize { return size }
        return try contents(of: node.path).filter { !Self.isMetafile($0) }.reduce(0) {
            $0.addingBytes(try size(of: $1))
        }
    }

    /// Whether it is one of DVC's own files, which count for nothing.
    fileprivate static func isMetafile(_ node: Node) -> Bool {
        let name = node.entry.path
        return name == "dvc.yaml" || name == ".dvcignore" || (name.hasSuffix(".dvc") && name != ".dvc")
    }
}

extension Int {
    /// The sum; the greatest number where it is too large, as sizes in metafiles may be anything.
    fileprivate func addingBytes(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
