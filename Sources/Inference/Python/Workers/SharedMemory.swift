import CProcess
import Glibc

/// Memory that two processes see: a file without a name, mapped by both.
final class SharedMemory: @unchecked Sendable {
    // Used by one thread at a time: the one that has the worker.
    let descriptor: Int32
    private(set) var bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private let canWrite: Bool

    /// A file of `size` bytes, mapped when it has any; nil when the system has no room.
    init?(_ name: String, size: Int, canWrite: Bool) {
        descriptor = apus_memory_file(name)
        self.canWrite = canWrite
        if descriptor < 0 { return nil }
        if size > 0, ftruncate(descriptor, size) != 0 || !mapAll() { return nil }
    }

    deinit {
        if let base = bytes.baseAddress { munmap(base, bytes.count) }
        if descriptor >= 0 { _ = Glibc.close(descriptor) }
    }

    /// Maps what the other side has added; false when that fails.
    func mapAll() -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return false }
        let size = Int(status.st_size)
        if size <= bytes.count { return true }
        if let base = bytes.baseAddress { munmap(base, bytes.count) }
        bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)
        let access = canWrite ? PROT_READ | PROT_WRITE : PROT_READ
        guard let base = mmap(nil, size, access, MAP_SHARED, descriptor, 0), base != MAP_FAILED else { return false }
        bytes = UnsafeMutableRawBufferPointer(start: base, count: size)
        return true
    }
}
