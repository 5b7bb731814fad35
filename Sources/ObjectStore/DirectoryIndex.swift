import Basics
import CSystemCalls
import Digests
import Glibc

/// A mapped file that holds what the last scan of one directory output found.
///
/// Layout, in the machine's byte order: header (128 bytes), directories (56 bytes each, children of one together),
/// files (``FileRecord``, those of a directory together, sorted by name), then text: the output's path, the paths of
/// the directories, the names of the files. The checksum covers all but itself. A file that is damaged in any way is
/// as good as none.
///
/// Unchecked: the mapping is never written to.
final class DirectoryIndex: @unchecked Sendable {
    /// The start of the file.
    struct Header {
        static let magic: UInt64 = 0x3130_5844_4953_5041

        var magic = Self.magic
        var checksum: UInt64 = 0
        var digestHigh: UInt64 = 0
        var digestLow: UInt64 = 0
        var filterFingerprint: UInt64 = 0
        var hasFingerprint: UInt64 = 0
        /// Whether every file has a checksum, so that the digest is that of the tree.
        var isComplete: UInt64 = 0
        var totalSize: Int64 = 0
        var fileCount: UInt64 = 0
        var directoryCount: UInt64 = 0
        var textSize: UInt64 = 0
        var rootLength: UInt64 = 0
        var reserved: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    }

    /// One directory of the output.
    struct Directory {
        var inode: UInt64 = 0
        var changed: Int64 = 0
        var pathOffset: UInt64 = 0
        var nameOffset: UInt64 = 0
        var fileStart: UInt64 = 0
        var pathLength: UInt32 = 0
        var nameSize: UInt32 = 0
        var fileCount: UInt32 = 0
        var childStart: UInt32 = 0
        var childCount: UInt32 = 0
        var reserved: UInt32 = 0
    }

    private let mapping: UnsafeRawBufferPointer
    let header: Header
    private let directories: UnsafeBufferPointer<Directory>
    private let records: UnsafeBufferPointer<FileRecord>
    private let text: UnsafeBufferPointer<UInt8>

    /// Maps the file; nil when there is none, or it is damaged or of another path.
    init?(_ file: String, root: String) {
        guard let mapping = Self.map(file) else { return nil }
        guard let header = Self.validHeader(mapping) else {
            Self.unmap(mapping)
            return nil
        }
        let directoryStart = MemoryLayout<Header>.size
        let fileStart = directoryStart + Int(header.directoryCount) * MemoryLayout<Directory>.stride
        let textStart = fileStart + Int(header.fileCount) * MemoryLayout<FileRecord>.stride
        self.mapping = mapping
        self.header = header
        directories = UnsafeRawBufferPointer(rebasing: mapping[directoryStart..<fileStart]).bindMemory(
            to: Directory.self
        )
        records = UnsafeRawBufferPointer(rebasing: mapping[fileStart..<textStart]).bindMemory(to: FileRecord.self)
        text = UnsafeRawBufferPointer(rebasing: mapping[textStart...]).bindMemory(to: UInt8.self)
        guard header.rootLength <= UInt64(text.count), text.prefix(Int(header.rootLength)).elementsEqual(root.utf8),
            isConsistent
        else { return nil }
    }

    deinit { Self.unmap(mapping) }

    private static func unmap(_ mapping: UnsafeRawBufferPointer) {
        munmap(UnsafeMutableRawPointer(mutating: mapping.baseAddress), mapping.count)
    }

    private static func map(_ path: String) -> UnsafeRawBufferPointer? {
        let descriptor = apus_openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0)
        if descriptor < 0 { return nil }
        defer { _ = close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size >= MemoryLayout<Header>.size
        else { return nil }
        let size = Int(status.st_size)
        guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
            return nil
        }
        return UnsafeRawBufferPointer(start: address, count: size)
    }

    /// The header, when the sizes it states are those of the file and the checksum is right.
    private static func validHeader(_ mapping: UnsafeRawBufferPointer) -> Header? {
        let header = mapping.load(as: Header.self)
        guard header.magic == Header.magic, header.directoryCount >= 1 else { return nil }
        let (directories, overflow1) = header.directoryCount.multipliedReportingOverflow(
            by: UInt64(MemoryLayout<Directory>.stride)
        )
        let (files, overflow2) = header.fileCount.multipliedReportingOverflow(
            by: UInt64(MemoryLayout<FileRecord>.stride)
        )
        var size = UInt64(MemoryLayout<Header>.size)
        for part in [directories, files, header.textSize] {
            let (sum, overflow) = size.addingReportingOverflow(part)
            if overflow { return nil }
            size = sum
        }
        guard !overflow1, !overflow2, size == UInt64(mapping.count),
            Checksum.of(UnsafeRawBufferPointer(rebasing: mapping[16...])) == header.checksum
        else { return nil }
        return header
    }

    /// Whether all ranges lie inside the file.
    private var isConsistent: Bool {
        let textSize = UInt64(text.count)
        func fits(_ start: UInt64, _ length: UInt64, _ size: UInt64) -> Bool { start <= size && length <= size - start }
        for (number, directory) in directories.enumerated() {
            guard fits(directory.pathOffset, UInt64(directory.pathLength), textSize),
                fits(directory.nameOffset, UInt64(directory.nameSize), textSize),
                fits(directory.fileStart, UInt64(directory.fileCount), UInt64(records.count)),
                fits(UInt64(directory.childStart), UInt64(directory.childCount), UInt64(directories.count)),
                directory.childCount == 0 || Int(directory.childStart) > number
            else { return false }
            let names = names(of: directory)
            for record in files(of: directory) {
                let end = UInt64(record.nameOffset) + UInt64(record.nameLength)
                guard end < UInt64(directory.nameSize), names[Int(end)] == 0 else { return false }
            }
        }
        return true
    }

    // MARK: Reading

    var filterFingerprint: UInt64? { header.hasFingerprint == 0 ? nil : header.filterFingerprint }

    /// The name of the tree at the last scan; nil when some checksums were left out.
    var treeID: ObjectID? {
        if header.isComplete == 0 { return nil }
        return ObjectID(digest: MD5Digest(high: header.digestHigh, low: header.digestLow), isTree: true)
    }

    /// The objects of all files, sorted and each once; all checksums must be known.
    var objects: [ObjectID] {
        var ids = records.map { ObjectID(digest: MD5Digest(high: $0.digestHigh, low: $0.digestLow)) }
        ids.sortUnique()
        return ids
    }

    func directory(_ number: Int) -> Directory { directories[number] }

    func names(of directory: Directory) -> UnsafeBufferPointer<UInt8> {
        let start = Int(directory.nameOffset)
        return UnsafeBufferPointer(rebasing: text[start..<(start + Int(directory.nameSize))])
    }

    func files(of directory: Directory) -> UnsafeBufferPointer<FileRecord> {
        let start = Int(directory.fileStart)
        return UnsafeBufferPointer(rebasing: records[start..<(start + Int(directory.fileCount))])
    }

    func path(_ number: Int) -> UnsafeBufferPointer<UInt8> {
        let directory = directories[number]
        let start = Int(directory.pathOffset)
        return UnsafeBufferPointer(rebasing: text[start..<(start + Int(directory.pathLength))])
    }

    /// The directory of this name inside another.
    func child(of number: Int, named name: ArraySlice<UInt8>) -> Int? {
        let parent = directories[number]
        let prefix = parent.pathLength == 0 ? 0 : Int(parent.pathLength) + 1
        var low = Int(parent.childStart)
        var high = low + Int(parent.childCount)
        return name.withUnsafeBufferPointer { name in
            while low < high {
                let middle = (low + high) / 2
                let other = UnsafeBufferPointer(rebasing: path(middle).dropFirst(prefix))
                let order = PathBytes.compareDirectories(other, name)
                if order == 0 { return middle }
                if order < 0 { low = middle + 1 } else { high = middle }
            }
            return nil
        }
    }

    /// A place in the files of a directory that moves on with names asked for in order.
    struct Cursor {
        private let names: UnsafeBufferPointer<UInt8>
        private let files: UnsafeBufferPointer<FileRecord>
        private var position: Int

        init(names: UnsafeBufferPointer<UInt8>, files: UnsafeBufferPointer<FileRecord>, position: Int) {
            self.names = names
            self.files = files
            self.position = position
        }

        /// The record of the file; names must be asked for in ascending order.
        mutating func record(named name: UnsafeBufferPointer<UInt8>) -> FileRecord? {
            while position < files.count {
                let record = files[position]
                let start = Int(record.nameOffset)
                let other = UnsafeBufferPointer(rebasing: names[start..<(start + Int(record.nameLength))])
                let order = PathBytes.compare(other, name)
                if order > 0 { return nil }
                position += 1
                if order == 0 { return record }
            }
            return nil
        }
    }

    /// A cursor for the files in `range` of a scanned directory.
    func cursor(_ number: Int, at directory: ScannedDirectory, _ range: Range<Int>) -> Cursor {
        let known = directories[number]
        let names = names(of: known)
        let files = files(of: known)
        var low = 0
        if range.lowerBound > 0 {
            let first = directory.name(range.lowerBound)
            var high = files.count
            while low < high {
                let middle = (low + high) / 2
                let start = Int(files[middle].nameOffset)
                let end = start + Int(files[middle].nameLength)
                let other = UnsafeBufferPointer(rebasing: names[start..<end])
                if PathBytes.compare(other, first) < 0 { low = middle + 1 } else { high = middle }
            }
        }
        return Cursor(names: names, files: files, position: low)
    }
}
