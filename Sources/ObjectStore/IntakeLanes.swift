import Basics
import CSystemCalls
import Digests
import Glibc

/// One thread's share of the large files of an ``Intake``: several are read and hashed side by side, block by block,
/// and where they are to be copied the objects are written in the same pass.
final class IntakeLanes {
    private struct Slot {
        let file: FilePosition
        let descriptor: Int32
        let object: TemporaryObject?
        var attempts: Int
    }

    private let scan: Scan
    private let store: ObjectStore
    private let placement: Placement?
    private let lanes: MD5Lanes
    private var slots: [Slot?]
    private let buffer: UnsafeMutableRawBufferPointer
    private static let blockSize = 1 << 18

    init(_ scan: Scan, store: ObjectStore, placement: Placement?, count: Int) {
        self.scan = scan
        self.store = store
        self.placement = placement
        lanes = MD5Lanes(count: count)
        slots = Array(repeating: nil, count: count)
        buffer = .allocate(byteCount: count * Self.blockSize, alignment: 4096)
    }

    deinit {
        for slot in slots { if let slot { _ = close(slot.descriptor) } }
        buffer.deallocate()
    }

    /// Takes files from `next` until there are none.
    func run(_ next: () -> FilePosition?) throws {
        while true {
            var isBusy = false
            for lane in slots.indices {
                if slots[lane] == nil, let file = next() { try start(file, lane, attempts: 0) }
                if slots[lane] != nil { isBusy = true }
            }
            if !isBusy { return }
            try step()
        }
    }

    private func start(_ file: FilePosition, _ lane: Int, attempts: Int) throws {
        let descriptor = scan.directories[file.directory].withRelativePath(file.index) {
            apus_openat(scan.descriptor, $0, O_RDONLY | O_CLOEXEC, 0)
        }
        if descriptor < 0 { throw FileError("open", scan.path(file)) }
        apus_read_ahead(descriptor)
        lanes.start(lane)
        slots[lane] = Slot(file: file, descriptor: descriptor, object: nil, attempts: attempts)
        if try placement?.mustCopy(descriptor) == true {
            let object = try TemporaryObject(store, isLarge: true)
            slots[lane] = Slot(file: file, descriptor: descriptor, object: object, attempts: attempts)
        }
    }

    /// Reads, hashes and writes one block of each file.
    private func step() throws {
        var counts = Array(repeating: 0, count: slots.count)
        for (lane, slot) in slots.enumerated() {
            guard let slot else { continue }
            let block = UnsafeMutableRawBufferPointer(rebasing: buffer[block(lane, Self.blockSize)])
            counts[lane] = try FileContent.read(slot.descriptor, into: block, path: scan.path(slot.file))
            lanes.append(UnsafeRawBufferPointer(rebasing: buffer[self.block(lane, counts[lane])]), to: lane)
        }
        lanes.update()
        for lane in slots.indices {
            guard let slot = slots[lane] else { continue }
            if counts[lane] > 0 {
                try slot.object?.write(UnsafeRawBufferPointer(rebasing: buffer[block(lane, counts[lane])]))
            }
            if counts[lane] < Self.blockSize { try finish(slot, lane) }
        }
    }

    private func block(_ lane: Int, _ count: Int) -> Range<Int> {
        lane * Self.blockSize..<(lane * Self.blockSize + count)
    }

    private func finish(_ slot: Slot, _ lane: Int) throws {
        slots[lane] = nil
        defer { _ = close(slot.descriptor) }
        if try !scan.confirm(slot.file, slot.descriptor) {
            if slot.attempts >= 2 { throw StoreError.changedWhileRead(scan.path(slot.file)) }
            return try start(slot.file, lane, attempts: slot.attempts + 1)
        }
        let digest = lanes.finalize(lane)
        scan.directories[slot.file.directory].files[slot.file.index].digest = digest
        if let placement {
            try Placer(scan, store, placement).place(slot.file, digest, object: slot.object)
        }
    }
}

extension Scan {
    /// Whether the open file is still in the state of its record, which else takes over the new state.
    func confirm(_ file: FilePosition, _ descriptor: Int32) throws -> Bool {
        var status = stat()
        if fstat(descriptor, &status) != 0 { throw FileError("examine", path(file)) }
        if status.st_mode & S_IFMT != S_IFREG { throw StoreError.unsupportedFile(path(file)) }
        let old = directories[file.directory].files[file.index]
        var new = old
        new.update(status)
        if new.isSameState(as: old) { return true }
        directories[file.directory].files[file.index] = new
        return false
    }
}
