import Basics
import Glibc

/// Writes blocks of a file on a thread of its own, while the next ones are read and hashed.
///
/// Unchecked: everything mutable is used under the lock, and a block belongs to either side at a time.
final class BlockWriter: @unchecked Sendable {
    private let descriptor: Int32
    private let path: String
    private let blocks: [UnsafeMutableRawBufferPointer]
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var free: [Int]
    private var queue: [(block: Int, count: Int)] = []
    private var isFinished = false
    private var error: FileError?
    private var thread: pthread_t?

    /// `descriptor` must stay open until ``finish()`` or the end of this object.
    init(descriptor: Int32, path: String, blockSize: Int = 1 << 20, count: Int = 4) {
        self.descriptor = descriptor
        self.path = path
        blocks = (0..<count).map { _ in .allocate(byteCount: blockSize, alignment: 4096) }
        free = Array(0..<count)
        lock = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        pthread_cond_destroy(condition)
        lock.deallocate()
        condition.deallocate()
        for block in blocks { block.deallocate() }
    }

    /// Starts the thread; false when the system refuses one.
    func start() -> Bool {
        thread = Workers.spawnThread { [self] in work() }
        return thread != nil
    }

    /// A block to fill; waits for one that has been written.
    func takeBlock() throws -> (number: Int, bytes: UnsafeMutableRawBufferPointer) {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while free.isEmpty, error == nil { pthread_cond_wait(condition, lock) }
        if let error { throw error }
        let number = free.removeLast()
        return (number, blocks[number])
    }

    /// Hands over a block of `count` bytes to be written; it may still be read.
    func submit(_ number: Int, _ count: Int) {
        pthread_mutex_lock(lock)
        queue.append((number, count))
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(lock)
    }

    /// Waits until all is written.
    func finish() throws {
        stop()
        if let error { throw error }
    }

    /// Ends the thread after what has been handed over.
    func stop() {
        pthread_mutex_lock(lock)
        isFinished = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(lock)
        if let thread { pthread_join(thread, nil) }
        thread = nil
    }

    private func work() {
        pthread_mutex_lock(lock)
        while true {
            while queue.isEmpty, !isFinished { pthread_cond_wait(condition, lock) }
            if queue.isEmpty { break }
            let (number, count) = queue.removeFirst()
            pthread_mutex_unlock(lock)
            var failure: FileError?
            do {
                try FileContent.write(
                    UnsafeRawBufferPointer(rebasing: blocks[number][..<count]),
                    to: descriptor,
                    path: path
                )
            } catch {
                failure = error
            }
            pthread_mutex_lock(lock)
            if let failure { error = failure }
            free.append(number)
            pthread_cond_broadcast(condition)
        }
        pthread_mutex_unlock(lock)
    }
}
