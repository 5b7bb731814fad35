import Basics
import CSystem
import Digests
import Glibc

/// A file in a store that has no name of an object yet. What is not committed is removed.
final class TemporaryObject {
    private let store: ObjectStore
    private let folder: Int32
    /// Relative to the store's folder, with a zero byte at its end.
    private var name: [CChar]
    private(set) var descriptor: Int32
    private var isNamed = false
    private var note: Int32 = -1

    /// Makes an empty file for an object whose name is not known yet.
    convenience init(_ store: ObjectStore) throws {
        try self.init(store, beside: ObjectID(digest: MD5Digest(high: .random(in: .min ... .max), low: 0)))
    }

    /// Makes an empty file in the directory where the object is expected to go.
    init(_ store: ObjectStore, beside id: ObjectID) throws {
        self.store = store
        folder = try store.descriptorForWriting()
        name = [CChar](repeating: 0, count: 3 + TemporaryNames.length + 1)
        let digest = id.digest
        name.withUnsafeMutableBytes { bytes in
            guard let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { hex in
                guard let digits = hex.baseAddress else { return }
                digest.writeHex(to: digits)
                base[0] = digits[0]
                base[1] = digits[1]
            }
            base[2] = PathBytes.slash
            TemporaryNames.write(to: base + 3)
        }
        descriptor = -1
        try open(beside: id)
    }

    deinit {
        if descriptor >= 0 { _ = close(descriptor) }
        if isNamed { unlinkat(folder, name, 0) }
        Temporaries.forget(note)
    }

    private func open(beside id: ObjectID) throws {
        let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC
        descriptor = apus_openat(folder, name, flags, 0o444)
        if descriptor < 0, errno == ENOENT {
            try store.makePrefix(of: id)
            descriptor = apus_openat(folder, name, flags, 0o444)
        }
        if descriptor < 0 { throw FileError("create", path) }
        isNamed = true
        note = Temporaries.note(path)
    }

    /// The absolute path for errors.
    var path: String { store.folder + "/" + String(decoding: name.dropLast().map(UInt8.init), as: UTF8.self) }

    /// Appends bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        try FileContent.write(bytes, to: descriptor, path: path)
    }

    /// Gives the file its mode and the name of the object, replacing what had it.
    func commit(_ id: ObjectID) throws {
        var status = stat()
        if fstat(descriptor, &status) != 0 || status.st_mode & 0o7777 != 0o444, fchmod(descriptor, 0o444) != 0 {
            throw FileError("protect", path)
        }
        var renamed = id.withRelativePath { renameat(folder, name, folder, $0) }
        if renamed != 0, errno == ENOENT {
            try store.makePrefix(of: id)
            renamed = id.withRelativePath { renameat(folder, name, folder, $0) }
        }
        if renamed != 0 { throw FileError("rename", path) }
        isNamed = false
        let closed = close(descriptor)
        descriptor = -1
        if closed != 0 { throw FileError("write", store.path(of: id)) }
    }
}
