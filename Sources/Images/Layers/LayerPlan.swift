import Basics

/// What a layer is made of.
package struct LayerPlan: Sendable {
    package struct Entry: Hashable, Sendable {
        package enum Content: Hashable, Sendable {
            /// The bytes of a file of this machine.
            case file(String)
            case bytes([UInt8])
            case directory
            case link(String)
        }

        /// Without a slash at the start.
        package let path: String
        package let content: Content
        package let mode: Int

        package init(_ path: String, _ content: Content, mode: Int? = nil) {
            self.path = path
            self.content = content
            self.mode =
                mode
                ?? {
                    switch content {
                    case .directory: 0o755
                    case .link: 0o777
                    default: 0o644
                    }
                }()
        }
    }

    /// What it is for, in a word or two.
    package let name: String
    package private(set) var entries: [Entry] = []

    package init(_ name: String) {
        self.name = name
    }

    package var isEmpty: Bool { entries.isEmpty }

    package mutating func add(_ entry: Entry) { entries.append(entry) }

    /// Adds a file of this machine, or a folder with all files in it; `isWanted` sees paths below the folder.
    package mutating func add(
        _ source: String,
        as path: String,
        where isWanted: (String) -> Bool = { _ in true }
    ) throws(ImageError) {
        guard let status = try status(source) else { throw .missing("file '\(source)'") }
        if status.kind != .directory {
            guard status.kind == .regular else { throw .invalid("'\(source)' is neither a file nor a folder") }
            return add(Entry(path, .file(source), mode: status.isExecutable ? 0o755 : 0o644))
        }
        var pending = [(source, path, "")]
        while let (folder, target, inner) = pending.popLast() {
            add(Entry(target, .directory))
            let names = try mappingFileErrors { () throws(FileError) in try Files.names(in: folder) }
            for name in names {
                let below = Paths.join(inner, name)
                let file = Paths.join(folder, name)
                guard isWanted(below), let status = try self.status(file) else { continue }
                switch status.kind {
                case .directory: pending.append((file, Paths.join(target, name), below))
                case .regular:
                    add(Entry(Paths.join(target, name), .file(file), mode: status.isExecutable ? 0o755 : 0o644))
                default: break
                }
            }
        }
    }

    /// What a path leads to: a link in a folder is followed only as far as the file it is in DVC's cache.
    private func status(_ path: String) throws(ImageError) -> FileStatus? {
        try mappingFileErrors { () throws(FileError) in
            guard let status = try Files.status(path), status.kind == .symbolicLink else {
                return try Files.status(path)
            }
            let target = try Files.status(path, followLinks: true)
            // Folders behind links could lead in circles and out of the project.
            return target?.kind == .regular ? target : nil
        }
    }

    /// The entries in the order of their paths, with all folders above them, each path once.
    func complete() throws(ImageError) -> [Entry] {
        var all: [String: Entry] = [:]
        for entry in entries {
            let parts = entry.path.split(separator: "/", omittingEmptySubsequences: false)
            guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) })
            else { throw .invalid("'\(entry.path)' cannot be a path in an image") }
            if parts.contains(where: { $0.hasPrefix(".wh.") }) {
                throw .invalid("'\(entry.path)' would hide files of the layers below")
            }
            if let other = all[entry.path], other != entry {
                // A folder may be there for several reasons.
                guard other.content == .directory, entry.content == .directory else {
                    throw .invalid("'/\(entry.path)' has two contents in the image")
                }
            }
            all[entry.path] = entry
        }
        for path in all.keys.sorted() {
            var parent = Paths.parent(path)
            while !parent.isEmpty {
                if let above = all[parent] {
                    guard above.content == .directory else {
                        throw .invalid("'/\(path)' cannot be in the image, since '/\(parent)' is no folder")
                    }
                } else {
                    all[parent] = Entry(parent, .directory)
                }
                parent = Paths.parent(parent)
            }
        }
        return all.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}
