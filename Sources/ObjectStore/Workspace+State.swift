import Basics
import CSystemCalls
import Digests
import Glibc

extension Workspace {
    /// What a metafile would record of the output as it is now; nil when there is nothing at the path.
    ///
    /// Only files that changed since the last scan are read. Nothing is written but the stat index.
    package func currentState(of path: String) throws -> OutputState? {
        if let state = knownFile(path) { return state }
        guard let scan = try scan(path) else { return nil }
        if let state = knownState(scan) { return state }
        try Intake(scan, store: store, kind: store.kind, placement: nil).run(threads: threads)
        let tree = scan.isDirectory ? scan.tree() : nil
        remember(scan, id: tree?.id)
        return Self.state(scan, tree)
    }

    /// The files of the directory output as they are now; nil when there is no directory at the path.
    package func currentTree(of path: String) throws -> Tree? {
        guard let scan = try scan(path), scan.isDirectory else { return nil }
        try Intake(scan, store: store, kind: store.kind, placement: nil).run(threads: threads)
        let tree = scan.tree()
        if !scan.isUnchanged { remember(scan, id: tree.id) }
        return tree
    }

    /// Whether the object of an output, and of a directory every file of it, is in the store, of whatever mode.
    ///
    /// The last scan of the path tells the files sooner than the manifest, where the output was the same.
    package func isCached(_ id: ObjectID, at path: String) throws -> Bool {
        if id.isTree, store.presence(of: id) == .trusted, let known = index?.directory(path, kind: store.kind),
            known.treeID == id
        {
            return try store.absent(among: known.objects, threads: threads).isEmpty
        }
        return try store.containsAll(of: id, threads: threads)
    }

    /// The state of a single file by the index alone, when it has not changed since.
    private func knownFile(_ path: String) -> OutputState? {
        var status = stat()
        guard let index, lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        var record = FileRecord()
        record.update(status)
        record.digest = index.digest(ofFile: path, kind: store.kind, record)
        guard let digest = record.digest else { return nil }
        return OutputState(
            id: ObjectID(digest: digest),
            size: Int(record.size),
            isExecutable: record.flags.contains(.isExecutable)
        )
    }

    /// The state by the index alone, when nothing has changed since.
    func knownState(_ scan: Scan) -> OutputState? {
        guard scan.isDirectory, scan.isUnchanged, let id = scan.indexedID else { return nil }
        return OutputState(id: id, size: scan.totalSize, fileCount: scan.fileCount)
    }

    /// Examines what is at the path; nil when there is nothing.
    ///
    /// With `isTolerant`, broken links count as files whose content does not matter, and what is no file is passed by.
    func scan(_ path: String, isTolerant: Bool = false) throws -> Scan? {
        let descriptor = apus_openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        if descriptor >= 0 {
            let known = index?.directory(path, kind: store.kind)
            let options = Scanner.Options(filter: filter, index: known, isTolerant: isTolerant)
            return try Scanner.scan(path, descriptor: descriptor, options, threads: threads)
        }
        let error = FileError("open", path)
        if error.code == ENOENT { return try Self.requireNoBrokenLink(path, isTolerant) }
        if error.code != ENOTDIR { throw error }
        return try scanFile(path)
    }

    private static func requireNoBrokenLink(_ path: String, _ isTolerant: Bool) throws -> Scan? {
        if !isTolerant, try Files.status(path) != nil { throw StoreError.brokenLink(path) }
        return nil
    }

    private func scanFile(_ path: String) throws -> Scan? {
        var status = stat()
        if lstat(path, &status) != 0 {
            let error = FileError("examine", path)
            if error.isMissing { return nil }
            throw error
        }
        let isLink = status.st_mode & S_IFMT == S_IFLNK
        if isLink, stat(path, &status) != 0 { throw StoreError.brokenLink(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StoreError.unsupportedFile(path) }
        let scan = try Scan(file: path, status, isLink: isLink)
        var record = scan.directories[0].files[0]
        if let digest = index?.digest(ofFile: path, kind: store.kind, record) {
            record.digest = digest
            scan.directories[0].files[0] = record
            scan.isUnchanged = true
        }
        return scan
    }

    /// Keeps what a scan found for the next one.
    func remember(_ scan: Scan, id: ObjectID?) {
        guard let index else { return }
        if scan.isDirectory {
            let file = index.file(scan.root, store.kind)
            DirectoryIndex.write(scan, id: id, filterFingerprint: filter.fingerprint, to: file)
            return
        }
        let record = scan.directories[0].files[0]
        if record.digest != nil, !record.isRacy(at: scan.startTime), !scan.isUnchanged {
            index.record(file: scan.root, kind: store.kind, record)
        }
    }

    static func state(_ scan: Scan, _ tree: Tree?) -> OutputState {
        if let tree { return OutputState(id: tree.id, size: scan.totalSize, fileCount: scan.fileCount) }
        let record = scan.directories[0].files[0]
        return OutputState(
            id: ObjectID(digest: MD5Digest(high: record.digestHigh, low: record.digestLow)),
            size: Int(record.size),
            isExecutable: record.flags.contains(.isExecutable)
        )
    }
}
