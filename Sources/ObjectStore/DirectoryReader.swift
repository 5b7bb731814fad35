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
        let size = 1 << 17
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = apus_read_directory(descriptor, buffer.baseAddress, size)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError("list", path())
            }
            parse(UnsafeRawBufferPointer(start: buffer.baseAddress, count: Int(count)))
        }
    }

    /// Takes the records `linux_dirent64`: inode (8), offset (8), length (2), kind (1), name.
    private mutating func parse(_ records: UnsafeRawBufferPointer) {
        var position = 0
        while position + 19 < records.count {
            let length = Int(records.loadUnaligned(fromByteOffset: position + 16, as: UInt16.self))
            if length < 20 || position + length > records.count { return }
            let name = UnsafeRawBufferPointer(rebasing: records[(position + 19)..<(position + length)]).prefix {
                $0 != 0
            }
            if !Self.isDots(name) {
                entries.append(Entry(offset: block.count, length: name.count, kind: Self.kind(records[position + 18])))
                block.append(contentsOf: name)
            }
            position += length
        }
    }

    private static func isDots(_ name: Slice<UnsafeRawBufferPointer>) -> Bool {
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
