import Basics
import CSystemCalls
import Digests
import Glibc

/// One thread's share of an ``Intake``: a buffer for the content of small files, and the steps for one file.
final class IntakeBatch {
    private let scan: Scan
    private let store: ObjectStore
    private let kind: HashKind
    private let placement: Placement?
    private var buffer: UnsafeMutableRawBufferPointer
    private var pointers: [UnsafePointer<UInt8>?] = []
    private var lengths: [Int] = []
    /// The files, still open, where they become objects by a link; else -1.
    private var descriptors: [Int32] = []
    private var digests: [MD5Digest] = []

    /// Makes a buffer of `room` bytes; files that do not fit in are taken as large ones.
    init(_ scan: Scan, store: ObjectStore, kind: HashKind, placement: Placement?, room: Int = 0) {
        self.scan = scan
        self.store = store
        self.kind = kind
        self.placement = placement
        buffer = .allocate(byteCount: max(room, 64), alignment: 64)
    }

    deinit {
        empty()
        buffer.deallocate()
    }

    private func empty() {
        for descriptor in descriptors where descriptor >= 0 { _ = close(descriptor) }
        descriptors.removeAll(keepingCapacity: true)
        pointers.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
    }

    // MARK: Small files

    /// Reads, hashes and places files that fit into the buffer together.
    func take(_ files: ArraySlice<FilePosition>) throws {
        empty()
        var offset = 0
        var taken = files[files.startIndex..<files.startIndex]
        for (position, file) in zip(files.indices, files) {
            // A file may have grown since; what no longer fits is taken as a large one.
            guard let count = try read(file, at: offset) else {
                try finish(taken)
                try takeLarge(file)
                taken = files[(position + 1)..<(position + 1)]
                offset = 0
                continue
            }
            pointers.append(
                UnsafeRawPointer(buffer.baseAddress)?.advanced(by: offset).assumingMemoryBound(to: UInt8.self)
            )
            lengths.append(count)
            taken = files[taken.startIndex...position]
            offset += (count + 63) & ~63
        }
        try finish(taken)
    }

    /// Reads a file into the buffer and checks that it stayed the same; nil when it does not fit.
    ///
    /// It stays open among the `descriptors` where that spares opening it again.
    private func read(_ file: FilePosition, at offset: Int) throws -> Int? {
        let directory = scan.directories[file.directory]
        for _ in 0..<3 {
            let expected = Int(directory.files[file.index].size)
            if expected >= buffer.count - offset { return nil }
            let descriptor = directory.withRelativePath(file.index) {
                apus_openat(scan.descriptor, $0, O_RDONLY | O_CLOEXEC, 0)
            }
            if descriptor < 0 { throw FileError("open", scan.path(file)) }
            var isKept = false
            defer { if !isKept { _ = close(descriptor) } }
            let target = UnsafeMutableRawBufferPointer(rebasing: buffer[offset..<(offset + expected + 1)])
            let count = try FileContent.readOnce(descriptor, into: target, path: scan.path(file))
            if try scan.confirm(file, descriptor), count == expected {
                isKept = placement?.linksFirst(directory.files[file.index]) == true
                descriptors.append(isKept ? descriptor : -1)
                return count
            }
        }
        throw StoreError.changedWhileRead(scan.path(file))
    }

    /// Hashes and places the files whose content is in the buffer, and empties it.
    private func finish(_ files: ArraySlice<FilePosition>) throws {
        hash()
        for (number, file) in files.enumerated() {
            scan.directories[file.directory].files[file.index].digest = digests[number]
            if let placement {
                let content = UnsafeRawBufferPointer(start: pointers[number], count: lengths[number])
                try Placer(scan, store, placement).place(
                    file,
                    digests[number],
                    content: content,
                    descriptor: descriptors[number]
                )
            }
        }
        empty()
    }

    private func hash() {
        digests.removeAll(keepingCapacity: true)
        if kind == .md5DOS2Unix {
            for (pointer, length) in zip(pointers, lengths) {
                var hasher = DOS2UnixHasher()
                hasher.update(UnsafeRawBufferPointer(start: pointer, count: length))
                digests.append(hasher.finalize())
            }
            return
        }
        digests = MD5.hashBatch(zip(pointers, lengths).map { UnsafeRawBufferPointer(start: $0, count: $1) })
    }

    // MARK: Large files

    /// Reads a file in blocks, and where it is to be copied writes the object in the same pass.
    func takeLarge(_ file: FilePosition) throws {
        let directory = scan.directories[file.directory]
        for _ in 0..<3 {
            let descriptor = directory.withRelativePath(file.index) {
                apus_openat(scan.descriptor, $0, O_RDONLY | O_CLOEXEC, 0)
            }
            if descriptor < 0 { throw FileError("open", scan.path(file)) }
            defer { _ = close(descriptor) }
            apus_read_ahead(descriptor)
            if try takeLarge(file, descriptor) { return }
        }
        throw StoreError.changedWhileRead(scan.path(file))
    }

    private func takeLarge(_ file: FilePosition, _ descriptor: Int32) throws -> Bool {
        let copies = try placement?.mustCopy(descriptor) == true
        let object = copies ? try TemporaryObject(store, isLarge: true) : nil
        let digest = try hash(file, descriptor, object)
        guard try scan.confirm(file, descriptor) else { return false }
        scan.directories[file.directory].files[file.index].digest = digest
        if let placement {
            try Placer(scan, store, placement).place(file, digest, object: object)
        }
        return true
    }

    /// Hashes a file, and writes its object on another thread at the same time.
    private func hash(_ file: FilePosition, _ descriptor: Int32, _ object: TemporaryObject?) throws -> MD5Digest {
        let path = scan.path(file)
        guard let object, kind == .md5 else {
            return try FileContent.hash(descriptor, kind: kind, path: path) { try object?.write($0) }
        }
        let writer = BlockWriter(descriptor: object.descriptor, path: object.path)
        if !writer.start() { return try FileContent.hash(descriptor, kind: kind, path: path) { try object.write($0) } }
        var hasher = MD5Hasher()
        do {
            while true {
                let block = try writer.takeBlock()
                let count = try FileContent.read(descriptor, into: block.bytes, path: path)
                if count == 0 { break }
                // The writer only reads the block, so hashing may go on at the same time; it is not filled again
                // before this thread takes it.
                writer.submit(block.number, count)
                hasher.update(UnsafeRawBufferPointer(rebasing: block.bytes[..<count]))
            }
        } catch {
            writer.stop()
            throw error
        }
        try writer.finish()
        return hasher.finalize()
    }
}
