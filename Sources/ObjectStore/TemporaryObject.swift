import Basics
import CSystemCalls
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
    convenience init(_ store: ObjectStore, isLarge: Bool = false) throws {
        let id = ObjectID(digest: MD5Digest(high: .random(in: .min ... .max), low: 0))
        try self.init(store, beside: id, isLarge: isLarge)
    }

    /// Makes an empty file in the directory where the object is expected to go.
    ///
    /// A large one has no name where the file system can do so, and nothing is left of it when the process dies. For
    /// small ones that takes too long.
    init(_ store: ObjectStore, beside id: ObjectID, isLarge: Bool = false) throws {
        self.store = store
        folder = try store.descriptorForWriting()
        name = [CChar](repeating: 0, count: 3 + TemporaryNames.length + 1)
        let digest = id.digest
        name.withUnsafeMutableBytes { bytes in
            guard let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
            Self.writePrefix(of: digest, to: base)
            base[2] = PathBytes.slash
            TemporaryNames.write(to: base + 3)
        }
        descriptor = -1
        if isLarge, apus_o_tmpfile() != 0, WorkspaceFile.canName {
            descriptor = apus_openat(folder, ".", apus_o_tmpfile() | O_RDWR | O_CLOEXEC, 0o444)
        }
        if descriptor < 0 { try open(beside: id) }
    }

    private static func writePrefix(of digest: MD5Digest, to target: UnsafeMutablePointer<UInt8>) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { hex in
            guard let digits = hex.baseAddress else { return }
            digest.writeHex(to: digits)
            target[0] = digits[0]
            target[1] = digits[1]
        }
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
        note = Temporaries.note(name, in: store.folder)
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
        if try !isNamed && link(as: id) { return try finish(id) }
        var renamed = id.withRelativePath { renameat(folder, name, folder, $0) }
        if renamed != 0, errno == ENOENT {
            try store.makePrefix(of: id)
            renamed = id.withRelativePath { renameat(folder, name, folder, $0) }
        }
        if renamed != 0 { throw FileError("rename", path) }
        isNamed = false
        try finish(id)
    }

    /// Gives a file without a name that of the object; where something has it already, a temporary one, and false.
    private func link(as id: ObjectID) throws -> Bool {
        func attempt() -> Int32 { id.withRelativePath { apus_link_descriptor(descriptor, folder, $0) } }
        var linked = attempt()
        if linked != 0, errno == ENOENT {
            try store.makePrefix(of: id)
            linked = attempt()
        }
        if linked == 0 { return true }
        if errno != EEXIST { throw FileError("create", store.path(of: id)) }
        name.withUnsafeMutableBytes { bytes in
            if let base = bytes.bindMemory(to: UInt8.self).baseAddress { Self.writePrefix(of: id.digest, to: base) }
        }
        if apus_link_descriptor(descriptor, folder, name) != 0 { throw FileError("create", path) }
        isNamed = true
        return false
    }

    private func finish(_ id: ObjectID) throws {
        let closed = close(descriptor)
        descriptor = -1
        if closed != 0 { throw FileError("write", store.path(of: id)) }
    }
}
