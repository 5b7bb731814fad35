import Basics
import CSystemCalls
import Digests
import Glibc

extension DirectoryIndex {
    /// Replaces the index of a directory output by what a scan found.
    ///
    /// Files that may still change unseen, and files without a checksum, are kept without one. A failure leaves no
    /// index, which only costs time later.
    static func write(_ scan: Scan, id: ObjectID?, filterFingerprint: UInt64?, to file: String) {
        let image = Image(scan, id: id, filterFingerprint: filterFingerprint)
        let temporary = TemporaryNames.beside(file)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
        var descriptor = apus_openat(AT_FDCWD, temporary, flags, 0o600)
        if descriptor < 0, errno == ENOENT {
            try? Files.makeDirectories(Paths.parent(file))
            descriptor = apus_openat(AT_FDCWD, temporary, flags, 0o600)
        }
        if descriptor < 0, errno == EEXIST {
            // A process that died left it; one that lives loses nothing but its index.
            unlink(temporary)
            descriptor = apus_openat(AT_FDCWD, temporary, flags, 0o600)
        }
        if descriptor < 0 { return }
        let written: ()? = try? FileContent.write(UnsafeRawBufferPointer(image.bytes), to: descriptor, path: temporary)
        if close(descriptor) != 0 || written == nil || rename(temporary, file) != 0 {
            unlink(temporary)
            unlink(file)
        }
    }

    /// The bytes of an index in memory.
    private final class Image {
        let bytes: UnsafeMutableRawBufferPointer
        private let scan: Scan
        private let textStart: Int
        private var textEnd: Int

        deinit { bytes.deallocate() }

        init(_ scan: Scan, id: ObjectID?, filterFingerprint: UInt64?) {
            self.scan = scan
            let order = Self.order(scan)
            let fileCount = scan.fileCount
            let root = Array(scan.root.utf8)
            let textSize = scan.directories.reduce(root.count) { $0 + $1.path.count + $1.names.count }
            let directoryStart = MemoryLayout<Header>.size
            let fileStart = directoryStart + order.count * MemoryLayout<Directory>.stride
            textStart = fileStart + fileCount * MemoryLayout<FileRecord>.stride
            textEnd = textStart
            bytes = .allocate(byteCount: textStart + textSize, alignment: 16)
            _ = append(root)
            var isComplete = id != nil
            var nextFile = 0
            var nextChild = 1
            for (position, number) in order.enumerated() {
                let scanned = scan.directories[number]
                var directory = Directory()
                directory.inode = scanned.inode
                directory.changed = scanned.changed
                directory.pathOffset = append(scanned.path)
                directory.pathLength = UInt32(scanned.path.count)
                directory.nameOffset = append(scanned.names)
                directory.nameSize = UInt32(scanned.names.count)
                directory.fileStart = UInt64(nextFile)
                directory.fileCount = UInt32(scanned.files.count)
                directory.childStart = UInt32(scanned.children.isEmpty ? 0 : nextChild)
                directory.childCount = UInt32(scanned.children.count)
                nextChild += scanned.children.count
                let offset = directoryStart + position * MemoryLayout<Directory>.stride
                bytes.storeBytes(of: directory, toByteOffset: offset, as: Directory.self)
                for var record in scanned.files {
                    if record.isRacy(at: scan.startTime) { record.digest = nil }
                    if record.digest == nil { isComplete = false }
                    let offset = fileStart + nextFile * MemoryLayout<FileRecord>.stride
                    bytes.storeBytes(of: record, toByteOffset: offset, as: FileRecord.self)
                    nextFile += 1
                }
            }
            var header = Header()
            header.digestHigh = id?.digest.high ?? 0
            header.digestLow = id?.digest.low ?? 0
            header.filterFingerprint = filterFingerprint ?? 0
            header.hasFingerprint = filterFingerprint == nil ? 0 : 1
            header.isComplete = isComplete ? 1 : 0
            header.totalSize = Int64(scan.totalSize)
            header.fileCount = UInt64(fileCount)
            header.directoryCount = UInt64(order.count)
            header.textSize = UInt64(textSize)
            header.rootLength = UInt64(root.count)
            bytes.storeBytes(of: header, as: Header.self)
            let checksum = Checksum.of(UnsafeRawBufferPointer(rebasing: bytes[16...]))
            bytes.storeBytes(of: checksum, toByteOffset: 8, as: UInt64.self)
        }

        /// Directories such that those inside one follow each other, after it.
        private static func order(_ scan: Scan) -> [Int] {
            var order = [0]
            order.reserveCapacity(scan.directories.count)
            var position = 0
            while position < order.count {
                order += scan.directories[order[position]].children
                position += 1
            }
            return order
        }

        /// Appends text; returns where it starts.
        private func append(_ part: some Sequence<UInt8>) -> UInt64 {
            let start = textEnd - textStart
            for byte in part {
                bytes[textEnd] = byte
                textEnd += 1
            }
            return UInt64(start)
        }
    }
}
