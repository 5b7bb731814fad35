import Basics
import CZlib
import Glibc

/// Compresses a long stream to gzip (RFC 1952) on several threads.
///
/// The stream is cut into blocks of a mebibyte. Each is compressed on its own, with the end of the one before to look back on, and
/// ends at a byte, so that all together are one deflate stream, as pigz makes it. A block that hardly gets smaller is stored. The same
/// bytes in give the same bytes out, whatever their pieces and the number of threads.
///
/// Not for several threads at once.
package final class BlockDeflater {
    private struct Work {
        let block: DeflateBlock
        let isLast: Bool
    }

    private struct State {
        /// What no thread has begun with.
        var waiting: [Work] = []
        var finished: Set<ObjectIdentifier> = []
        var isEnded = false
    }

    private let level: Int32
    private let threadCount: Int
    private let state = Monitor(State())
    private var threads: [pthread_t] = []
    /// Blocks on their way, in the order of the stream.
    private var underWay: ArraySlice<DeflateBlock> = []
    private var free: [DeflateBlock] = []
    private var current = DeflateBlock()
    private var checksum: UInt = 0
    private var count: UInt32 = 0
    private var hasBegun = false

    /// A compressor of a level from 1 (fast) to 9 (small), with a thread for each processor where no number is given.
    package init(level: Int = 6, threads: Int? = nil) {
        self.level = Int32(max(1, min(9, level)))
        threadCount = max(1, threads ?? Workers.processorCount)
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
        submit(current, isLast: true)
        while !underWay.isEmpty { try takeOldest(into: consume) }
        let numbers = [UInt32(truncatingIfNeeded: checksum).littleEndian, count.littleEndian]
        try Self.lend(numbers, to: consume)
    }

    /// Hands the full block over and takes another one.
    private func turnOver(
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        if threads.isEmpty { start() }
        let full = current
        current = free.popLast() ?? DeflateBlock()
        current.restart(after: full)
        submit(full, isLast: false)
        // The threads have something to do while the caller takes what is done.
        while underWay.count > 2 * threadCount { try takeOldest(into: consume) }
    }

    private func submit(_ block: DeflateBlock, isLast: Bool) {
        underWay.append(block)
        state.withLock { $0.waiting.append(Work(block: block, isLast: isLast)) }
    }

    /// Hands on the oldest block's bytes, and compresses it where no thread has begun to.
    private func takeOldest(
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        guard let block = underWay.popFirst() else { return }
        let id = ObjectIdentifier(block)
        let work: Work? = state.wait { state in
            if state.finished.remove(id) != nil { return .some(nil) }
            guard state.waiting.first?.block === block else { return nil }
            return .some(state.waiting.removeFirst())
        }
        if let work { work.block.compress(level: level, isLast: work.isLast) }
        if let error = block.error { throw error }
        if !hasBegun { try Self.lend(Self.header, to: consume) }
        hasBegun = true
        try consume(block.result)
        checksum = crc32_combine(checksum, block.checksum, block.count)
        count &+= UInt32(block.count)
        free.append(block)
    }

    private func start() {
        let (state, level) = (state, level)
        for _ in 0..<threadCount {
            // Without any, the caller does it all.
            guard let thread = Workers.spawnThread({ Self.work(state, level) }) else { return }
            threads.append(thread)
        }
    }

    private static func work(_ state: Monitor<State>, _ level: Int32) {
        while true {
            let work: Work? = state.wait { state in
                if state.isEnded { return .some(nil) }
                return state.waiting.isEmpty ? nil : .some(state.waiting.removeFirst())
            }
            guard let work else { return }
            work.block.compress(level: level, isLast: work.isLast)
            _ = state.withLock { $0.finished.insert(ObjectIdentifier(work.block)) }
        }
    }

    /// Deflate, no name, no time, a file of Unix.
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]

    private static func lend<Element>(
        _ elements: [Element],
        to consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        let result = elements.withUnsafeBytes { bytes in
            Result { () throws(CompressionError) in try consume(bytes) }
        }
        try result.get()
    }
}
