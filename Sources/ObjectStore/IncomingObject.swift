import Digests

/// An object on its way into a store: in memory while it is small, else in a temporary file.
final class IncomingObject {
    let id: ObjectID
    private let store: ObjectStore
    /// The bytes so far, with room for more.
    private var buffer = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private var file: TemporaryObject?
    /// Writes to the file while what is written is hashed.
    private var writer: SideWriter?
    private var size = 0
    private var plain = MD5Hasher()
    private var text = DOS2UnixHasher()

    /// Objects above this are not kept in memory.
    static let memoryLimit = 1 << 18

    init(_ id: ObjectID, _ store: ObjectStore) {
        self.id = id
        self.store = store
    }

    deinit {
        writer?.finish()
        buffer.deallocate()
    }

    private var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[..<size]) }

    private var isText: Bool { !id.isTree && store.kind == .md5DOS2Unix }

    /// Takes the next bytes.
    func append(_ block: UnsafeRawBufferPointer) throws {
        if file == nil, size + block.count <= Self.memoryLimit { return keep(block) }
        let file = try startedFile()
        try spill(block, to: file)
        size += block.count
    }

    private func keep(_ block: UnsafeRawBufferPointer) {
        if size + block.count > buffer.count {
            // Most objects come in one piece.
            let new = UnsafeMutableRawBufferPointer.allocate(
                byteCount: size == 0 ? block.count : 2 * (size + block.count),
                alignment: 16
            )
            new.copyMemory(from: bytes)
            buffer.deallocate()
            buffer = new
        }
        UnsafeMutableRawBufferPointer(rebasing: buffer[size...]).copyMemory(from: block)
        size += block.count
    }

    /// The file of an object that is too large for the memory, with what came so far.
    private func startedFile() throws -> TemporaryObject {
        if let file { return file }
        let new = try TemporaryObject(store, beside: id, isLarge: true)
        writer = SideWriter(descriptor: new.descriptor, path: new.path)
        file = new
        if size > 0 { try spill(bytes, to: new) }
        return new
    }

    private func spill(_ block: UnsafeRawBufferPointer, to file: TemporaryObject) throws {
        if let writer { return try writer.write(block) { hash(block) } }
        hash(block)
        try file.write(block)
    }

    private func hash(_ block: UnsafeRawBufferPointer) {
        if isText { text.update(block) } else { plain.update(block) }
    }

    /// The checksums of what has arrived, in the same order.
    static func digests(_ objects: [IncomingObject]) -> [MD5Digest] {
        let isSmall = objects.map { $0.file == nil && !$0.isText }
        var small = withExtendedLifetime(objects) {
            MD5.hashBatch(zip(objects, isSmall).filter(\.1).map(\.0.bytes)).makeIterator()
        }
        return zip(objects, isSmall).map { object, isSmall in
            (isSmall ? small.next() : nil) ?? object.digest()
        }
    }

    private func digest() -> MD5Digest {
        if file == nil { hash(bytes) }
        return isText ? text.finalize() : plain.finalize()
    }

    /// Gives the object its name; returns its size.
    func commit() throws -> Int {
        if let file {
            writer?.finish()
            writer = nil
            try file.commit(id)
            return size
        }
        let file = try TemporaryObject(store, beside: id)
        try file.write(bytes)
        try file.commit(id)
        return size
    }
}
