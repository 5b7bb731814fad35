import Basics
import Digests
import Glibc

/// The states and checksums of outputs that are single files, sorted by path in one flat file.
struct SingleFiles {
    private static let magic: UInt64 = 0x3130_5846_4953_5041
    private static let headerSize = 24

    private let file: String
    private var known: [Key: FileRecord] = [:]
    private var changes: [Key: FileRecord] = [:]

    /// A path together with the rule of its checksum.
    struct Key: Hashable {
        let path: String
        let kind: HashKind
    }

    init(_ file: String) {
        self.file = file
        known = Self.load(file)
    }

    var hasChanges: Bool { !changes.isEmpty }

    func record(_ path: String, _ kind: HashKind) -> FileRecord? {
        let key = Key(path: path, kind: kind)
        return changes[key] ?? known[key]
    }

    mutating func set(_ path: String, _ kind: HashKind, _ record: FileRecord) {
        changes[Key(path: path, kind: kind)] = record
    }

    /// Adds the changes to what is in the file by now.
    mutating func save() {
        guard let lock = try? FileLock.wait(file + ".lock") else { return }
        defer { lock.release() }
        known = Self.load(file)
        known.merge(changes) { $1 }
        changes = [:]
        try? Files.writeAtomically(encode(), to: file)
    }

    private func encode() -> [UInt8] {
        var body: [UInt8] = []
        for (key, record) in known {
            var record = record
            withUnsafeBytes(of: &record) { body += $0 }
            var lengths = (UInt32(truncatingIfNeeded: key.path.utf8.count), UInt32(key.kind == .md5 ? 0 : 1))
            withUnsafeBytes(of: &lengths) { body += $0 }
            body += key.path.utf8
        }
        var header = (Self.magic, body.withUnsafeBytes { Checksum.of($0) }, UInt64(body.count))
        return withUnsafeBytes(of: &header) { Array($0) } + body
    }

    private static func load(_ file: String) -> [Key: FileRecord] {
        guard let bytes = try? Files.readIfPresent(file), bytes.count >= headerSize else { return [:] }
        return bytes.withUnsafeBytes { bytes in
            let body = UnsafeRawBufferPointer(rebasing: bytes[headerSize...])
            guard bytes.loadUnaligned(as: UInt64.self) == magic,
                bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self) == Checksum.of(body)
            else { return [:] }
            return decode(body)
        }
    }

    private static func decode(_ body: UnsafeRawBufferPointer) -> [Key: FileRecord] {
        var result: [Key: FileRecord] = [:]
        let fixed = MemoryLayout<FileRecord>.size + 8
        var position = 0
        while body.count - position >= fixed {
            let record = body.loadUnaligned(fromByteOffset: position, as: FileRecord.self)
            let length = Int(body.loadUnaligned(fromByteOffset: position + fixed - 8, as: UInt32.self))
            let kind = body.loadUnaligned(fromByteOffset: position + fixed - 4, as: UInt32.self)
            position += fixed
            guard length <= body.count - position else { break }
            let path = String(decoding: body[position..<(position + length)], as: UTF8.self)
            result[Key(path: path, kind: kind == 0 ? .md5 : .md5DOS2Unix)] = record
            position += length
        }
        return result
    }
}
