import Basics
import Glibc

/// Compresses a long stream to gzip on several threads.
///
/// The stream is cut into blocks of a mebibyte, and each becomes a gzip member of its own; RFC 1952 (2.2) makes a file a series
/// of members. A block that hardly gets smaller is stored. The same bytes in give the same bytes out, whatever
/// the pieces they come in and the number of threads.
///
/// Not for several threads at once.
package final class BlockDeflater {
    private struct State {
        /// Blocks that no thread has begun with.
        var waiting: [GzipBlock] = []
        var finished: Set<ObjectIdentifier> = []
        var isEnded = false
    }

    private let level: Int32
    private let threadCount: Int
    private let state = Monitor(State())
    private var threads: [pthread_t] = []
    /// Blocks on their way, in the order of the stream.
    private var underWay: ArraySlice<GzipBlock> = []
    private var free: [GzipBlock] = []
    private var current: GzipBlock

    /// A compressor of a level from 1 (fast) to 12 (small), with a thread for each processor where no number is given.
    package init(level: Int = 6, threads: Int? = nil) throws(CompressionError) {
        self.level = Int32(max(1, min(12, level)))
        threadCount = max(1, threads ?? Workers.processorCount)
        current = try GzipBlock(level: self.level)
    }

    deinit {
        state.withLock { state in
            state.waiting = []
            state.isEnded = true
        }
        for thread in threads { Workers.join(thread) }
    }

    /// Compresses bytes and hands on what has come out, in order, in pieces that are valid during the call only.
    package func deflate(
        _ bytes: UnsafeRawBufferPointer,
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        var rest = bytes
        while !rest.isEmpty {
            if current.isFull { try turnOver(into: consume) }
            let taken = current.fill(rest)
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(taken))
        }
    }

    /// Ends the stream and hands on what is left; nothing may follow.
    package func finish(
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        // Only an empty stream needs an empty member: a full block is submitted when the next byte comes.
        submit(current)
        while !underWay.isEmpty { try takeOldest(into: consume) }
    }

    /// Hands the full block over and takes another one.
    private func turnOver(
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        if threads.isEmpty { start() }
        submit(current)
        if let block = free.popLast() {
            block.restart()
            current = block
        } else {
            current = try GzipBlock(level: level)
        }
        // The threads have something to do while the caller takes what is done.
        while underWay.count > 2 * threadCount { try takeOldest(into: consume) }
    }

    private func submit(_ block: GzipBlock) {
        underWay.append(block)
        state.withLock { $0.waiting.append(block) }
    }

    /// Hands on the oldest block's member, and compresses it where no thread has begun to.
    private func takeOldest(
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        guard let block = underWay.popFirst() else { return }
        let id = ObjectIdentifier(block)
        let isMine = state.wait { state -> Bool? in
            if state.finished.remove(id) != nil { return false }
            guard state.waiting.first === block else { return nil }
            state.waiting.removeFirst()
            return true
        }
        if isMine { block.compress() }
        if let error = block.error { throw error }
        try consume(block.result)
        free.append(block)
    }

    private func start() {
        let state = state
        for _ in 0..<threadCount {
            // Without any, the caller does it all.
            guard let thread = Workers.spawnThread({ Self.work(state) }) else { return }
            threads.append(thread)
        }
    }

    private static func work(_ state: Monitor<State>) {
        while true {
            let block: GzipBlock? = state.wait { state in
                if state.isEnded { return .some(nil) }
                return state.waiting.isEmpty ? nil : .some(state.waiting.removeFirst())
            }
            guard let block else { return }
            block.compress()
            _ = state.withLock { $0.finished.insert(ObjectIdentifier(block)) }
        }
    }
}
