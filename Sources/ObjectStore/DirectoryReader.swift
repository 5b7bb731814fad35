import Basics
import CSystemCalls
import Glibc

/// Reads the names of one directory, with their kinds where the file system tells them.
struct DirectoryReader {
    enum Kind: Hashable {
        case file
        case directory
        case link
        case other
        case unknown
    }

    /// A name as a range of ``DirectoryReader/block``.
    struct Entry {
        let offset: Int
        let length: Int
        var kind: Kind
    }

    /// The bytes of all names.
    private(set) var block: [UInt8] = []
    private(set) var entries: [Entry] = []

    /// Reads the directory open at `descriptor`; `path` is for errors.
    init(_ descriptor: Int32, path: @autoclosure () -> String) throws(FileError) {
        try Self.forEachName(descriptor, path: path()) { name, kind in
            entries.append(Entry(offset: block.count, length: name.count, kind: kind))
            block.append(contentsOf: name)
        }
    }

    /// Calls `body` with each name in the directory open at `descriptor` but `.` and `..`.
    static func forEachName(
        _ descriptor: Int32,
        path: @autoclosure () -> String,
        _ body: (UnsafeBufferPointer<UInt8>, Kind) -> Void
    ) throws(FileError) {
        let size = 1 << 16
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = apus_read_directory(descriptor, buffer.baseAddress, size)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError("list", path())
            }
            parse(UnsafeRawBufferPointer(start: buffer.baseAddress, count: Int(count)), body)
        }
    }

    /// Takes the records `linux_dirent64`: inode (8), offset (8), length (2), kind (1), name.
    @inline(__always)
    private static func parse(
        _ records: UnsafeRawBufferPointer,
        _ body: (UnsafeBufferPointer<UInt8>, Kind) -> Void
    ) {
        guard let base = records.baseAddress else { return }
        var position = 0
        while position + 19 < records.count {
            let length = Int(records.loadUnaligned(fromByteOffset: position + 16, as: UInt16.self))
            if length < 20 || position + length > records.count { return }
            let start = (base + position + 19).assumingMemoryBound(to: UInt8.self)
            let name = UnsafeBufferPointer(start: start, count: strnlen(start, length - 19))
            if !isDots(name) { body(name, kind(records[position + 18])) }
            position += length
        }
    }

    private static func isDots(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        name.count <= 2 && name.allSatisfy { $0 == UInt8(ascii: ".") }
    }

    private static func kind(_ type: UInt8) -> Kind {
        switch Int(type) {
        case DT_REG: .file
        case DT_DIR: .directory
        case DT_LNK: .link
        case DT_UNKNOWN: .unknown
        default: .other
        }
    }

    /// The name of an entry.
    func name(_ entry: Entry) -> ArraySlice<UInt8> { block[entry.offset..<(entry.offset + entry.length)] }

    /// Entries in the order of the bytes of the paths they begin.
    func sorted(_ entries: [Entry], asDirectories: Bool = false) -> [Entry] {
        block.withUnsafeBufferPointer { block in
            func name(_ entry: Entry) -> UnsafeBufferPointer<UInt8> {
                UnsafeBufferPointer(rebasing: block[entry.offset..<(entry.offset + entry.length)])
            }
            if asDirectories { return entries.sorted { PathBytes.compareDirectories(name($0), name($1)) < 0 } }
            return entries.sorted { PathBytes.compare(name($0), name($1)) < 0 }
        }
    }
}
