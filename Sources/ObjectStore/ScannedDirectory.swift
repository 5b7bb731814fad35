import Glibc

/// One directory of a scanned output with its files, sorted by name.
///
/// Unchecked: one thread at a time fills it, or several fill separate files; nothing changes it after the scan but
/// the stage that hashes, which again gives each file to one thread.
final class ScannedDirectory: @unchecked Sendable {
    /// Relative to the output, without a slash at the end; empty for the output itself.
    let path: [UInt8]
    let parent: Int?
    /// The number of this directory in the index of the last scan, if it was there.
    let indexed: Int?
    /// Inode and time of the last change when the names were read; zero when the names must be read anew next time.
    var inode: UInt64 = 0
    var changed: Int64 = 0
    /// Whether the names say too little to be taken from an index, as with links to directories.
    var mustBeRead = false
    /// Names of the files, each ended by a zero byte. They belong to `owner`, an index, or to `ownNames`.
    private(set) var names = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private(set) var files = UnsafeMutableBufferPointer<FileRecord>(start: nil, count: 0)
    /// Numbers of the directories inside this one, sorted by name.
    var children: [Int] = []
    private var ownNames: UnsafeMutableBufferPointer<UInt8>?
    private var owner: AnyObject?

    init(path: [UInt8], parent: Int?, indexed: Int?) {
        self.path = path
        self.parent = parent
        self.indexed = indexed
    }

    deinit {
        files.deallocate()
        ownNames?.deallocate()
    }

    /// Takes names and records that an index holds; they stay there, the records are copied.
    func adopt(names: UnsafeBufferPointer<UInt8>, files records: UnsafeBufferPointer<FileRecord>, owner: AnyObject) {
        self.names = names
        self.owner = owner
        files = .allocate(capacity: records.count)
        _ = files.initialize(from: records)
    }

    /// Takes names, in order, that were read from the disk.
    func adopt(sorted entries: [DirectoryReader.Entry], in block: [UInt8]) {
        let size = entries.reduce(0) { $0 + $1.length + 1 }
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: size)
        files = .allocate(capacity: entries.count)
        var position = 0
        for (number, entry) in entries.enumerated() {
            files.initializeElement(
                at: number,
                to: FileRecord(nameOffset: position, nameLength: entry.length, isLink: entry.kind == .link)
            )
            for byte in block[entry.offset..<(entry.offset + entry.length)] {
                copy.initializeElement(at: position, to: byte)
                position += 1
            }
            copy.initializeElement(at: position, to: 0)
            position += 1
        }
        ownNames = copy
        names = UnsafeBufferPointer(copy)
    }

    /// Takes the name of a single file.
    func adopt(file name: [UInt8], isLink: Bool) {
        adopt(sorted: [.init(offset: 0, length: name.count, kind: isLink ? .link : .file)], in: name)
    }

    /// The name of a file.
    @inline(__always)
    func name(_ file: Int) -> UnsafeBufferPointer<UInt8> {
        let record = files[file]
        let start = Int(record.nameOffset)
        return UnsafeBufferPointer(rebasing: names[start..<(start + Int(record.nameLength))])
    }

    /// The last part of the path.
    var name: ArraySlice<UInt8> {
        guard let slash = path.lastIndex(of: PathBytes.slash) else { return path[...] }
        return path[(slash + 1)...]
    }

    /// The path of a file relative to the output.
    func relativePath(_ file: Int) -> String {
        let name = PathBytes.text(name(file))
        return path.isEmpty ? name : String(decoding: path, as: UTF8.self) + "/" + name
    }

    /// Calls `body` with the path of a file relative to the output as a C string.
    @inline(__always)
    func withRelativePath<Result>(_ file: Int, _ body: (UnsafePointer<CChar>) throws -> Result) rethrows -> Result {
        let name = name(file)
        let length = path.count + 1 + name.count
        return try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: length + 1) { buffer in
            var position = 0
            if !path.isEmpty {
                path.withUnsafeBufferPointer { _ = buffer.update(fromContentsOf: $0) }
                buffer[path.count] = PathBytes.slash
                position = path.count + 1
            }
            for byte in name {
                buffer[position] = byte
                position += 1
            }
            buffer[position] = 0
            return try UnsafeRawBufferPointer(buffer).withMemoryRebound(to: CChar.self) { pointer in
                guard let base = pointer.baseAddress else { return try body("") }
                return try body(base)
            }
        }
    }
}
