import Basics
import CSystemCalls
import Glibc
import Synchronization

/// How `add` brings files into the store and links them to it.
final class Placement: Sendable {
    let store: ObjectStore
    /// Whether files are linked to their objects; else they stay as they are.
    let relinks: Bool
    /// Makes the links; knows the types left to try.
    let linker: Linker
    private let failed = Atomic(false)
    /// Whether the file systems have been seen to clone.
    private let hasCloned = Atomic(false)

    init(_ store: ObjectStore, types: [LinkType], relinks: Bool) {
        self.store = store
        self.relinks = relinks
        linker = Linker(store, types: types)
    }

    /// Whether some file could not be linked by any of the types.
    var hasFailed: Bool { failed.load(ordering: .relaxed) }

    func recordFailure() { failed.store(true, ordering: .relaxed) }

    /// The type to use now.
    var type: LinkType? { linker.type }

    /// Whether the bytes must be written anew, because the workspace file stays apart from the object.
    private var mustCopy: Bool {
        guard relinks, let type else { return true }
        return type == .copy
    }

    /// Whether the bytes of an open file must be written anew.
    ///
    /// Finds out whether the file systems can clone before a large file is hashed, so that hashing and copying are one
    /// pass where they cannot.
    func mustCopy(_ descriptor: Int32) throws -> Bool {
        if relinks, type == .reflink, !hasCloned.load(ordering: .relaxed) {
            let probe = try TemporaryObject(store, isLarge: true)
            if apus_clone(descriptor, probe.descriptor) == 0 {
                hasCloned.store(true, ordering: .relaxed)
            } else {
                drop(.reflink)
            }
        }
        return mustCopy
    }

    /// Whether a file is to become the object by a link, which fails when there is one.
    func linksFirst(_ record: FileRecord) -> Bool {
        relinks && !record.flags.contains(.isLink) && record.size > 0 && type == .hardlink
    }

    /// Gives up a type that the file systems do not support.
    func drop(_ type: LinkType) { linker.drop(type) }

    /// Whether the object is in the store and the file linked to it as wanted.
    func isDone(_ record: FileRecord, _ id: ObjectID, path: () -> String) throws -> Bool {
        guard let status = store.status(of: id), status.st_mode & S_IFMT == S_IFREG else { return false }
        if status.st_mode & 0o7777 != 0o444, try !store.verify(id) { return false }
        return !relinks || linker.isLinked(record, id, inode: UInt64(status.st_ino), path: path)
    }

    /// Whether the file's kind is one the wanted link type makes.
    func isLinked(_ record: FileRecord, _ id: ObjectID, path: () -> String) -> Bool {
        linker.isLinked(record, id, inode: nil, path: path)
    }
}
