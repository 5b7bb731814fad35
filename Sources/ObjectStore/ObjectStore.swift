import Basics
import CSystemCalls
import Digests
import Glibc
import Synchronization

/// A local folder of objects named by the checksums of their bytes: DVC's cache, or a remote that is a directory.
///
/// Objects are complete from the moment they have their name, and have mode 0444. An object of another mode is
/// hashed before it is trusted. Nothing is made before the first object is written.
package final class ObjectStore: Sendable {
    /// The absolute, normalized path of the cache.
    package let root: String
    package let kind: HashKind
    /// Whether directories are made writable for the group and handed to the group of their parent.
    package let isShared: Bool
    /// The folder that holds the 256 directories of objects.
    package let folder: String
    private let openFolder = Atomic<Int32>(-1)
    /// Whether files may come in by sharing their blocks; false once the file systems have refused.
    let mayClone = Atomic(true)

    /// `root` is an absolute path.
    package init(root: String, kind: HashKind = .md5, isShared: Bool = false) {
        self.root = Paths.normalize(root)
        self.kind = kind
        self.isShared = isShared
        folder = kind.folder.isEmpty ? self.root : self.root + "/" + kind.folder
    }

    deinit {
        let descriptor = openFolder.load(ordering: .relaxed)
        if descriptor >= 0 { _ = close(descriptor) }
    }

    /// The absolute path at which the object is or would be.
    package func path(of id: ObjectID) -> String { folder + "/" + id.relativePath }

    /// The descriptor of the folder; nil when it does not exist.
    func descriptor() -> Int32? {
        let known = openFolder.load(ordering: .acquiring)
        if known >= 0 { return known }
        let new = apus_openat(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        if new < 0 { return nil }
        let (won, other) = openFolder.compareExchange(expected: -1, desired: new, ordering: .acquiringAndReleasing)
        if won { return new }
        _ = close(new)
        return other
    }

    /// The descriptor of the folder, which is made when it does not exist.
    func descriptorForWriting() throws -> Int32 {
        if let known = descriptor() { return known }
        try makeFolder(folder)
        if let new = descriptor() { return new }
        throw FileError("open", folder)
    }

    /// Makes a directory of the cache, and those above it, with the mode of the store's directories.
    package func makeFolder(_ path: String) throws {
        if Files.isDirectory(path) { return }
        let parent = Paths.parent(path)
        if parent != path, !parent.isEmpty { try makeFolder(parent) }
        if mkdir(path, directoryMode) != 0, errno != EEXIST { throw FileError("make directory", path) }
        if isShared { chmod(path, directoryMode) }
    }

    /// Makes one of the 256 directories.
    func makePrefix(of id: ObjectID) throws {
        let folder = try descriptorForWriting()
        let prefix = String(id.description.prefix(2))
        if mkdirat(folder, prefix, directoryMode) != 0, errno != EEXIST {
            throw FileError("make directory", "\(self.folder)/\(prefix)")
        }
        if isShared { fchmodat(folder, prefix, directoryMode, 0) }
    }

    private var directoryMode: mode_t { isShared ? 0o2775 : 0o777 }

    // MARK: One object

    /// How far an object can be relied on.
    enum Presence: Hashable {
        case missing
        /// There with mode 0444.
        case trusted
        /// There with another mode.
        case unverified
    }

    func presence(of id: ObjectID) -> Presence {
        var status = stat()
        guard let folder = descriptor(),
            id.withRelativePath({ fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0,
            status.st_mode & S_IFMT == S_IFREG
        else { return .missing }
        return status.st_mode & 0o7777 == 0o444 ? .trusted : .unverified
    }

    /// The state of an object's file; nil when it is missing.
    func status(of id: ObjectID) -> stat? {
        var status = stat()
        guard let folder = descriptor(), id.withRelativePath({ fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0
        else { return nil }
        return status
    }

    /// The inode of an object; nil when it is missing.
    func inode(of id: ObjectID) -> UInt64? { status(of: id).map { UInt64($0.st_ino) } }

    /// The bytes of an object; nil when it is missing.
    package func size(of id: ObjectID) -> Int? { status(of: id).map { Int($0.st_size) } }

    /// Whether there is an object of this name; its bytes may be wrong unless its mode is 0444.
    package func contains(_ id: ObjectID) -> Bool { presence(of: id) != .missing }

    /// Whether there is an object of this name with the right bytes. A wrong one is removed.
    ///
    /// Mode 0444 is trusted as DVC trusts it; another object is hashed and, when right, gets that mode.
    package func containsVerified(_ id: ObjectID) throws -> Bool {
        switch presence(of: id) {
        case .missing: return false
        case .trusted: return true
        case .unverified: return try verify(id)
        }
    }

    /// The bytes of an object that is there with the right content; a wrong one is removed.
    func verifiedSize(of id: ObjectID) throws -> Int? {
        guard let status = status(of: id), status.st_mode & S_IFMT == S_IFREG else { return nil }
        if status.st_mode & 0o7777 != 0o444, try !verify(id) { return nil }
        return Int(status.st_size)
    }

    /// Hashes an object whatever its mode; removes it when it is wrong. False when it is missing or was wrong.
    package func verify(_ id: ObjectID) throws -> Bool {
        let path = path(of: id)
        let digest: MD5Digest
        do {
            // A manifest is the plain MD5 of its bytes under either rule.
            digest = try FileContent.hash(path, kind: id.isTree ? .md5 : kind)
        } catch let error as FileError where error.isMissing {
            return false
        }
        if digest == id.digest {
            chmod(path, 0o444)
            return true
        }
        try remove(id)
        return false
    }

    /// Removes an object; nothing there is fine.
    package func remove(_ id: ObjectID) throws {
        guard let folder = descriptor() else { return }
        if id.withRelativePath({ unlinkat(folder, $0, 0) }) != 0, errno != ENOENT {
            throw FileError("remove", path(of: id))
        }
    }

    /// The directory listed by an object; nil when the store does not have it.
    ///
    /// Throws ``StoreError/invalidManifest(_:_:)`` for an object that is no manifest, ``StoreError/corruptObject(_:)``
    /// for one with the wrong bytes, which is removed.
    package func tree(_ id: ObjectID) throws -> Tree? {
        let presence = presence(of: id)
        if presence == .missing { return nil }
        if presence == .unverified, try !verify(id) { throw StoreError.corruptObject(id) }
        guard let bytes = try Files.readIfPresent(path(of: id)) else { return nil }
        do {
            return try Tree(manifest: bytes, id: id)
        } catch {
            throw StoreError.invalidManifest(id, error)
        }
    }

    /// Writes bytes as an object, unless a trusted one of the name is there; returns its name.
    @discardableResult
    package func insert(_ bytes: [UInt8], isTree: Bool = false) throws -> ObjectID {
        let id = ObjectID(digest: MD5.hash(bytes), isTree: isTree)
        if try containsVerified(id) { return id }
        let object = try TemporaryObject(self, beside: id)
        try bytes.withUnsafeBytes { try object.write($0) }
        try object.commit(id)
        return id
    }

    /// Writes the manifest of a tree, unless it is there already.
    package func insert(_ tree: Tree) throws {
        if try containsVerified(tree.id) { return }
        let object = try TemporaryObject(self, beside: tree.id)
        var hasher = MD5Hasher()
        try tree.writeManifest { block in
            hasher.update(block)
            try block.withUnsafeBytes { try object.write($0) }
        }
        try object.commit(ObjectID(digest: hasher.finalize(), isTree: true))
    }
}
