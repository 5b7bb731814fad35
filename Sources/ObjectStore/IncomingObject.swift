import Digests

/// An object on its way into a store: in memory while it is small, else in a temporary file.
final class IncomingObject {
    let id: ObjectID
    private let store: ObjectStore
    private var bytes: [UInt8] = []
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

    deinit { writer?.finish() }

    private var isText: Bool { !id.isTree && store.kind == .md5DOS2Unix }

    /// Takes the next bytes.
    func append(_ block: UnsafeRawBufferPointer) throws {
        size += block.count
        if file == nil, size <= Self.memoryLimit {
            bytes.append(contentsOf: block)
            return
        }
        if let file { return try spill(block, to: file) }
        let new = try TemporaryObject(store, beside: id, isLarge: true)
        writer = SideWriter(descriptor: new.descriptor, path: new.path)
        file = new
        try bytes.withUnsafeBytes { try spill($0, to: new) }
        bytes = []
        try spill(block, to: new)
    }

    private func spill(_ block: UnsafeRawBufferPointer, to file: TemporaryObject) throws {
        if let writer { return try writer.write(block) { hash(block) } }
        hash(block)
        try file.write(block)
    }

    private func hash(_ block: UnsafeRawBufferPointer) {
        if isText { text.update(block) } else { plain.update(block) }
    }

    /// The checksums of what has arrived, by the names under which it was wanted.
    static func digests(_ objects: [IncomingObject], kind: HashKind) -> [ObjectID: MD5Digest] {
        var result: [ObjectID: MD5Digest] = [:]
        let small = objects.filter { $0.file == nil && !$0.isText }
        let buffers = small.map { object in
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: object.bytes.count, alignment: 16)
            copy.copyBytes(from: object.bytes)
            return UnsafeRawBufferPointer(copy)
        }
        for (object, digest) in zip(small, MD5.hashBatch(buffers)) { result[object.id] = digest }
        for buffer in buffers { buffer.deallocate() }
        for object in objects where object.file != nil || object.isText {
            if object.file == nil { object.bytes.withUnsafeBytes { object.text.update($0) } }
            result[object.id] = object.isText ? object.text.finalize() : object.plain.finalize()
        }
        return result
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
        try bytes.withUnsafeBytes { try file.write($0) }
        try file.commit(id)
        return size
    }
}
