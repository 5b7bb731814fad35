import Basics
import CSystemCalls
import Digests
import Glibc
import Synchronization

/// The checkout of a directory output, or of a part of one.
///
/// Unchecked: `written` is filled by several threads, each at its own files; the rest changes on one thread only.
final class TreeCheckout: @unchecked Sendable {
    private let workspace: Workspace
    private let id: ObjectID
    private let path: String
    private let subpath: String
    private let relink: Bool
    private let loss: LossPolicy
    private let linker: Linker
    private let outcome = Mutex(CheckoutResult())
    private var tree = Tree.empty
    /// States of the files of the tree that were written; a size below zero stands for none.
    private var written = UnsafeMutableBufferPointer<FileRecord>(start: nil, count: 0)

    init(_ workspace: Workspace, _ id: ObjectID, _ path: String, subpath: String, relink: Bool, loss: LossPolicy) {
        self.workspace = workspace
        self.id = id
        self.path = path
        self.subpath = subpath
        self.relink = relink
        self.loss = loss
        linker = Linker(workspace.store, types: workspace.linkTypes)
    }

    deinit { written.deallocate() }

    func run() throws -> CheckoutResult {
        let scan = try scanExisting()
        if let scan, scan.isUnchanged, scan.indexedID == id, !relink { return CheckoutResult() }
        guard let tree = try id == Tree.empty.id ? .empty : workspace.store.tree(id) else {
            var result = CheckoutResult()
            result.missing = [id]
            return result
        }
        self.tree = tree
        let range = try range()
        if scan == nil { try clearTop() }
        let plan = try plan(range, scan)
        let existed = scan != nil
        if plan.isEmpty, let scan {
            if subpath.isEmpty { workspace.remember(scan, id: tree.id) }
            return CheckoutResult()
        }
        if let scan { try loss.decide(plan.lost(scan, workspace.store, threads: workspace.threads)) }
        try apply(plan, scan)
        var result = outcome.withLock { $0 }
        result.missing.sort()
        if result.added + result.modified + result.deleted > 0 || !existed {
            result.change = existed ? .modified : .added
        }
        if workspace.index != nil { try learn(plan, scan) }
        return result
    }

    func preview() throws -> CheckoutPreview {
        let scan = try scanExisting()
        if let scan, scan.isUnchanged, scan.indexedID == id, !relink { return CheckoutPreview(hasChanges: false) }
        guard let tree = try id == Tree.empty.id ? .empty : workspace.store.tree(id) else {
            return CheckoutPreview(hasChanges: true)
        }
        self.tree = tree
        let range = try range()
        guard let scan else { return CheckoutPreview(hasChanges: true, lost: try inTheWay()) }
        let plan = try plan(range, scan)
        workspace.remember(scan, id: plan.isEmpty && subpath.isEmpty ? tree.id : nil)
        if plan.isEmpty { return CheckoutPreview(hasChanges: false) }
        let lost = try plan.lost(scan, workspace.store, threads: workspace.threads)
        return CheckoutPreview(hasChanges: true, lost: lost)
    }

    private func plan(_ range: Range<Int>, _ scan: Scan?) throws -> CheckoutPlan {
        if let scan { try hash(scan) }
        return CheckoutPlan(tree, range, scan, subpath: subpath) { record, id, position in
            guard self.relink, let scan else { return true }
            return self.linker.isLinked(record, id, path: { scan.path(position) })
        }
    }

    /// A file where the directory should be, when its content is not in the store.
    private func inTheWay() throws -> [String] {
        guard let status = try Files.status(path), status.kind == .regular else { return [] }
        return try workspace.unsafeFiles(path)
    }

    private func apply(_ plan: CheckoutPlan, _ scan: Scan?) throws {
        var none = FileRecord()
        none.size = -1
        written = .allocate(capacity: tree.count)
        written.initialize(repeating: none)
        try Files.makeDirectories(path)
        let root = try Files.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        defer { _ = close(root) }
        if let scan { try delete(plan, scan, root) }
        try write(plan.writes, root, scan)
    }

    // MARK: Finding out

    /// The files of the tree that are meant.
    private func range() throws -> Range<Int> {
        let below = tree.range(below: subpath)
        if !below.isEmpty || subpath.isEmpty { return below }
        guard let file = tree.index(of: subpath) else { throw StoreError.unrecorded(Paths.join(path, subpath)) }
        return file..<(file + 1)
    }

    /// Removes a link or a file where the directory should be.
    private func clearTop() throws {
        guard let status = try Files.status(path), status.kind != .directory else { return }
        if status.kind != .symbolicLink { try workspace.requireSafe(path, loss) }
        try Files.remove(path)
    }

    /// What is there now; nil when no directory is, or only a link to one.
    private func scanExisting() throws -> Scan? {
        guard try Files.status(path)?.kind == .directory else { return nil }
        return try workspace.scan(path, isTolerant: true)
    }

    private func hash(_ scan: Scan) throws {
        let store = workspace.store
        try Intake(scan, store: store, kind: store.kind, placement: nil, subpath: subpath).run(
            threads: workspace.threads
        )
    }

    // MARK: Deleting

    private func delete(_ plan: CheckoutPlan, _ scan: Scan, _ root: Int32) throws {
        var touched: Set<Int> = []
        for position in plan.deletions {
            let directory = scan.directories[position.directory]
            let failed = directory.withRelativePath(position.index) { unlinkat(root, $0, 0) != 0 && errno != ENOENT }
            if failed { throw FileError("remove", scan.path(position)) }
            touched.insert(position.directory)
        }
        outcome.withLock { $0.deleted = plan.deletions.count }
        removeEmpty(touched, scan, root)
    }

    /// Removes directories that have become empty, and then those above them.
    private func removeEmpty(_ touched: Set<Int>, _ scan: Scan, _ root: Int32) {
        var pending = touched
        while let deepest = pending.max(by: { scan.directories[$0].path.count < scan.directories[$1].path.count }) {
            pending.remove(deepest)
            let directory = scan.directories[deepest]
            guard !directory.path.isEmpty, let parent = directory.parent else { continue }
            let removed = unlinkat(root, String(decoding: directory.path, as: UTF8.self), AT_REMOVEDIR) == 0
            if removed { pending.insert(parent) }
        }
    }

    // MARK: Writing

    private func write(_ writes: [CheckoutPlan.Write], _ root: Int32, _ scan: Scan?) throws {
        let next = Atomic<Int>(0)
        let batch = 128
        let threads = max(1, min(workspace.threads, (writes.count + batch - 1) / batch))
        let failure = Crew.Failure()
        try Crew.run(threads: threads) { [self] _ in
            let directories = SafeDirectories(root: root, path: path)
            while !failure.hasOccurred {
                let start = next.wrappingAdd(batch, ordering: .relaxed).oldValue
                if start >= writes.count { return }
                do {
                    try write(writes[start..<min(start + batch, writes.count)], directories, scan)
                } catch {
                    failure.record(error)
                    throw error
                }
            }
        }
    }

    private func write(
        _ writes: ArraySlice<CheckoutPlan.Write>,
        _ directories: SafeDirectories,
        _ scan: Scan?
    ) throws {
        var result = CheckoutResult()
        var bytes: [UInt8] = []
        for write in writes {
            tree.withPath(at: write.file) { path in
                bytes.removeAll(keepingCapacity: true)
                bytes.append(contentsOf: path)
                bytes.append(0)
            }
            let slash = bytes.lastIndex(of: PathBytes.slash)
            let directory = try directories.open(bytes[..<(slash ?? 0)])
            let start = slash.map { $0 + 1 } ?? 0
            try bytes.withUnsafeBytes { buffer in
                try buffer.withMemoryRebound(to: CChar.self) { path in
                    guard let path = path.baseAddress else { return }
                    let target = Linker.Target(
                        directory: directory,
                        name: path + start,
                        base: self.path,
                        relative: path
                    )
                    try self.write(write, target, &result)
                }
            }
        }
        let part = result
        outcome.withLock { whole in
            whole.added += part.added
            whole.modified += part.modified
            whole.relinked += part.relinked
            whole.missing += part.missing
            whole.unlinkable += part.unlinkable
        }
    }

    private func write(
        _ write: CheckoutPlan.Write,
        _ target: Linker.Target,
        _ result: inout CheckoutResult
    ) throws {
        let id = ObjectID(digest: tree.digest(at: write.file))
        var outcome = try linker.link(id, target, replacing: write.replaced != nil, isExecutable: false)
        if case .exists = outcome {
            try requireReplaceable(target)
            outcome = try linker.link(id, target, replacing: true, isExecutable: false)
        }
        switch outcome {
        case .done(let record):
            written[write.file] = record
            if write.isRelink {
                result.relinked += 1
            } else if write.replaced == nil {
                result.added += 1
            } else {
                result.modified += 1
            }
        case .missing: result.missing.append(id)
        case .exists: throw StoreError.wouldLoseData([target.path])
        case .noType: result.unlinkable.append(target.path)
        }
    }

    /// Allows something that no scan shows, an ignored file or a link to a directory, to be replaced.
    private func requireReplaceable(_ target: Linker.Target) throws {
        var status = stat()
        if fstatat(target.directory, target.name, &status, AT_SYMLINK_NOFOLLOW) != 0 { return }
        if status.st_mode & S_IFMT == S_IFREG { try workspace.requireSafe(target.path, loss) }
    }

    // MARK: Remembering

    /// Examines the output again and keeps, for the next scan, the checksums of what is as it was left.
    private func learn(_ plan: CheckoutPlan, _ before: Scan?) throws {
        guard let scan = try workspace.scan(path, isTolerant: true), scan.isDirectory else { return }
        for (file, position) in plan.kept {
            if let record = before?.directories[position.directory].files[position.index] { written[file] = record }
        }
        var path: [UInt8] = []
        var isComplete = true
        scan.forEachSorted { position in
            scan.copyPath(position, to: &path)
            let file = path.withUnsafeBufferPointer { tree.index(ofBytes: $0) }
            if let file, written[file].size >= 0 {
                var record = scan.directories[position.directory].files[position.index]
                if record.digest == nil, record.isSameState(as: written[file]) {
                    record.digest = tree.digest(at: file)
                    if written[file].flags.contains(.isSettled) { record.flags.insert(.isSettled) }
                    scan.directories[position.directory].files[position.index] = record
                }
                if record.digest == nil || record.digest != tree.digest(at: file) { isComplete = false }
            } else {
                isComplete = false
            }
        }
        let isTree = isComplete && scan.fileCount == tree.count
        workspace.remember(scan, id: isTree ? tree.id : nil)
    }
}
