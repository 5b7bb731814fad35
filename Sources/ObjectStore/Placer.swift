import Basics
import CSystemCalls
import Digests
import Glibc

/// Brings one file that has been hashed into the store, and links it to its object where wanted.
struct Placer {
    private let scan: Scan
    private let store: ObjectStore
    private let placement: Placement

    init(_ scan: Scan, _ store: ObjectStore, _ placement: Placement) {
        self.scan = scan
        self.store = store
        self.placement = placement
    }

    /// Makes sure of the object, by `content` or an `object` already written when they are there, and links the file.
    ///
    /// `descriptor` is the file open for reading, or -1.
    func place(
        _ file: FilePosition,
        _ digest: MD5Digest,
        content: UnsafeRawBufferPointer? = nil,
        object: TemporaryObject? = nil,
        descriptor: Int32 = -1
    ) throws {
        let id = ObjectID(digest: digest)
        var isLinked = false
        if placement.linksFirst(record(file)), case .done = try insertLink(file, id, descriptor) { return }
        if try !store.containsVerified(id) {
            if let object {
                try object.commit(id)
            } else {
                isLinked = try insert(file, id, content)
            }
        }
        if placement.relinks, !isLinked { try link(file, id) }
    }

    private func record(_ file: FilePosition) -> FileRecord { scan.directories[file.directory].files[file.index] }

    /// Makes the object; tells whether the file is linked to it as wanted.
    private func insert(_ file: FilePosition, _ id: ObjectID, _ content: UnsafeRawBufferPointer?) throws -> Bool {
        while placement.relinks, let type = placement.type {
            switch type {
            case .copy:
                try insertCopy(file, id, content)
                return !record(file).flags.contains(.isLink) && !record(file).flags.contains(.hasOtherNames)
            case .reflink:
                if try insertClone(file, id) { return true }
                placement.drop(.reflink)
            case .hardlink, .symlink:
                let mustCopy = record(file).flags.contains(.isLink) || (type == .hardlink && id.isEmptyFile)
                switch mustCopy ? .impossible : try insertLink(file, id, -1) {
                case .done: return type == .hardlink
                case .exists: return false
                case .impossible:
                    try insertCopy(file, id, content)
                    return false
                }
            }
        }
        try insertCopy(file, id, content)
        return false
    }

    private func insertCopy(_ file: FilePosition, _ id: ObjectID, _ content: UnsafeRawBufferPointer?) throws {
        let object = try TemporaryObject(store, beside: id, isLarge: content == nil)
        if let content {
            try object.write(content)
            return try object.commit(id)
        }
        let descriptor = try open(file)
        defer { _ = close(descriptor) }
        let digest = try FileContent.hash(descriptor, kind: store.kind, path: scan.path(file)) { try object.write($0) }
        if digest != id.digest { throw StoreError.changedWhileRead(scan.path(file)) }
        try object.commit(id)
    }

    private func open(_ file: FilePosition) throws -> Int32 {
        let descriptor = scan.directories[file.directory].withRelativePath(file.index) {
            apus_openat(scan.descriptor, $0, O_RDONLY | O_CLOEXEC, 0)
        }
        if descriptor < 0 { throw FileError("open", scan.path(file)) }
        return descriptor
    }

    /// Makes the object share the blocks of the file; false when the file systems cannot.
    private func insertClone(_ file: FilePosition, _ id: ObjectID) throws -> Bool {
        let descriptor = try open(file)
        defer { _ = close(descriptor) }
        let object = try TemporaryObject(store, beside: id)
        if apus_clone(descriptor, object.descriptor) != 0 { return false }
        // What the clone holds was never read: the file may have changed since it was hashed.
        if try FileContent.hash(object.descriptor, kind: store.kind, path: scan.path(file)) != id.digest {
            throw StoreError.changedWhileRead(scan.path(file))
        }
        try object.commit(id)
        return true
    }

    private enum LinkOutcome {
        case done
        /// Another file of the same content has just become the object.
        case exists
        /// The file systems or permissions forbid it.
        case impossible
    }

    /// Makes the file itself the object by a second name.
    private func insertLink(_ file: FilePosition, _ id: ObjectID, _ descriptor: Int32) throws -> LinkOutcome {
        let directory = scan.directories[file.directory]
        let folder = try store.descriptorForWriting()
        let outcome = try directory.withRelativePath(file.index) { path in
            func attempt() -> Int32 { id.withRelativePath { linkat(scan.descriptor, path, folder, $0, 0) } }
            if attempt() == 0 { return LinkOutcome.done }
            if errno == ENOENT {
                try store.makePrefix(of: id)
                if attempt() == 0 { return .done }
            }
            return errno == EEXIST ? .exists : .impossible
        }
        guard case .done = outcome else { return outcome }
        // That the object is the file of the descriptor is confirmed in the end.
        let object =
            descriptor >= 0
            ? descriptor : id.withRelativePath { apus_openat(folder, $0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0) }
        defer { if object >= 0, object != descriptor { _ = close(object) } }
        var status = stat()
        if object < 0 || fstat(object, &status) != 0 || fchmod(object, 0o444) != 0 {
            // A file of somebody else: it cannot be protected, so it cannot be the object.
            try store.remove(id)
            return .impossible
        }
        do {
            // A program could go on writing by a descriptor that it has, whatever the mode is now.
            if apus_is_written(object) != 0 { throw StoreError.beingWritten(scan.path(file)) }
            try confirmLink(file, id)
        } catch {
            try store.remove(id)
            fchmod(object, status.st_mode & 0o7777)
            throw error
        }
        return .done
    }

    /// Refuses to replace a file that is not as it was when it was hashed.
    private func requireUnchanged(_ file: FilePosition, _ id: ObjectID) throws {
        let record = record(file)
        if record.flags.contains(.isLink) || store.inode(of: id) == record.inode { return }
        let descriptor = try open(file)
        defer { _ = close(descriptor) }
        if apus_is_written(descriptor) != 0 { throw StoreError.beingWritten(scan.path(file)) }
        var status = stat()
        if fstat(descriptor, &status) != 0 { throw FileError("examine", scan.path(file)) }
        var now = record
        now.update(status)
        var isSame = now.isSameState(as: record)
        if isSame, record.isRacy(at: scan.startTime) {
            isSame = try FileContent.hash(descriptor, kind: store.kind, path: scan.path(file)) == id.digest
        }
        if !isSame { throw StoreError.changedWhileRead(scan.path(file)) }
    }

    /// Throws when the file changed between reading and linking.
    private func confirmLink(_ file: FilePosition, _ id: ObjectID) throws {
        var status = stat()
        guard let folder = store.descriptor(),
            id.withRelativePath({ fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0
        else { throw FileError("examine", store.path(of: id)) }
        let old = record(file)
        var new = old
        new.update(status)
        new.digest = old.digest
        if new.inode == old.inode, new.isSameState(as: old), try !old.isRacy(at: scan.startTime) || store.verify(id) {
            scan.directories[file.directory].files[file.index] = new
            return
        }
        throw StoreError.changedWhileRead(scan.path(file))
    }

    /// Replaces the file by a link of the wanted type, unless it is one.
    private func link(_ file: FilePosition, _ id: ObjectID) throws {
        if placement.isLinked(record(file), id, path: { scan.path(file) }) { return }
        try requireUnchanged(file, id)
        let directory = scan.directories[file.directory]
        let isExecutable = !scan.isDirectory && record(file).flags.contains(.isExecutable)
        let outcome = try directory.withRelativePath(file.index) { name in
            try placement.linker.link(
                id,
                Linker.Target(directory: scan.descriptor, name: name, base: scan.base, relative: name),
                replacing: true,
                isExecutable: isExecutable
            )
        }
        switch outcome {
        case .done(var new):
            new.nameOffset = record(file).nameOffset
            new.nameLength = record(file).nameLength
            new.digest = id.digest
            scan.directories[file.directory].files[file.index] = new
        case .missing, .exists: throw StoreError.missingObject(id)
        case .noType: placement.recordFailure()
        }
    }
}
