import Basics
import CSystemCalls
import Digests
import Glibc

/// The checkout of an output that is a single file.
struct FileCheckout {
    private let workspace: Workspace
    private let id: ObjectID
    private let path: String
    private let isExecutable: Bool
    private let relink: Bool
    private let loss: LossPolicy

    init(_ workspace: Workspace, _ id: ObjectID, _ path: String, isExecutable: Bool, relink: Bool, loss: LossPolicy) {
        self.workspace = workspace
        self.id = id
        self.path = path
        self.isExecutable = isExecutable
        self.relink = relink
        self.loss = loss
    }

    func run() throws -> CheckoutResult {
        var result = CheckoutResult()
        let existing = try Files.status(path)
        let linker = Linker(workspace.store, types: workspace.linkTypes)
        if existing?.kind == .directory {
            if try missingObject(&result) { return result }
            _ = try workspace.remove(path, loss: loss)
        } else if existing != nil, let scan = try scanExisting() {
            let record = scan.directories[0].files[0]
            if record.digest == id.digest {
                return try refresh(scan, linker)
            }
            if try missingObject(&result) { return result }
            try workspace.requireSafe(path, loss)
        }
        try write(linker, replacing: existing != nil && existing?.kind != .directory, &result)
        if result.isComplete { result.change = existing == nil ? .added : .modified }
        if result.change == .added { result.added = 1 }
        if result.change == .modified { result.modified = 1 }
        return result
    }

    func preview() throws -> CheckoutPreview {
        guard let existing = try Files.status(path) else { return CheckoutPreview(hasChanges: true) }
        var missing = CheckoutResult()
        if existing.kind == .directory {
            if try missingObject(&missing) { return CheckoutPreview(hasChanges: true) }
            return CheckoutPreview(hasChanges: true, lost: try workspace.unsafeFiles(path))
        }
        guard let scan = try scanExisting() else { return CheckoutPreview(hasChanges: true) }
        let record = scan.directories[0].files[0]
        if record.digest == id.digest {
            return CheckoutPreview(hasChanges: relink || isExecutable && !record.flags.contains(.isExecutable))
        }
        if try missingObject(&missing) { return CheckoutPreview(hasChanges: true) }
        return CheckoutPreview(hasChanges: true, lost: try workspace.unsafeFiles(path))
    }

    /// The state of the file that is there; nil for a link that leads nowhere.
    private func scanExisting() throws -> Scan? {
        var status = stat()
        if stat(path, &status) != 0, errno == ENOENT || errno == ELOOP { return nil }
        guard let scan = try workspace.scan(path), !scan.isDirectory else { return nil }
        try Intake(scan, store: workspace.store, kind: workspace.store.kind, placement: nil).run(threads: 1)
        workspace.remember(scan, id: nil)
        return scan
    }

    private func missingObject(_ result: inout CheckoutResult) throws -> Bool {
        if try workspace.store.containsVerified(id) { return false }
        result.missing = [id]
        return true
    }

    /// Brings link and execute bit of a file with the right content in order.
    private func refresh(_ scan: Scan, _ linker: Linker) throws -> CheckoutResult {
        var result = CheckoutResult()
        let record = scan.directories[0].files[0]
        let wanted = Placement(workspace.store, types: linkTypes, relinks: true)
        if relink, !wanted.isLinked(record, id, path: { path }) {
            try write(linker, replacing: true, &result)
            if result.isComplete { result.relinked = 1 }
        } else if isExecutable != record.flags.contains(.isExecutable) {
            try setExecutable(record, linker, &result)
        }
        return result
    }

    private var linkTypes: [LinkType] {
        if !isExecutable { return workspace.linkTypes }
        let types = workspace.linkTypes.filter { $0 == .reflink || $0 == .copy }
        return types.isEmpty ? [.copy] : types
    }

    /// Adds the execute bit; a link to the object gets an own file first. The bit is never taken away.
    private func setExecutable(_ record: FileRecord, _ linker: Linker, _ result: inout CheckoutResult) throws {
        if !isExecutable { return }
        if record.flags.contains(.isLink) || record.flags.contains(.hasOtherNames) {
            return try write(linker, replacing: true, &result)
        }
        var status = stat()
        if stat(path, &status) != 0 || chmod(path, status.st_mode & 0o7777 | S_IXUSR) != 0 {
            throw FileError("make executable", path)
        }
        result.change = .modified
    }

    private func write(_ linker: Linker, replacing: Bool, _ result: inout CheckoutResult) throws {
        let parent = Paths.parent(path)
        try Files.makeDirectories(parent)
        let directory = try Files.open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { _ = close(directory) }
        let outcome = try Paths.name(path).withCString { name in
            let target = Linker.Target(directory: directory, name: name, base: parent, relative: name)
            return try linker.link(id, target, replacing: replacing, isExecutable: isExecutable)
        }
        switch outcome {
        case .done(var record):
            record.digest = id.digest
            workspace.index?.record(file: path, kind: workspace.store.kind, record)
        case .missing: result.missing = [id]
        case .exists: throw StoreError.wouldLoseData([path])
        case .noType: result.unlinkable = [path]
        }
    }
}
