import Basics
import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// A part of a file, read piece by piece off the event loops.
final class BodyFile: Sendable {
    private let path: String
    private let descriptor: Int32
    private let end: Int
    private let offset: Atomic<Int>

    private static let pieceSize = 256 << 10

    init(_ path: String, offset: Int, length: Int) throws(TransportError) {
        self.path = path
        self.offset = Atomic(offset)
        end = offset + length
        do throws(FileError) {
            descriptor = try Files.open(path, O_RDONLY | O_CLOEXEC)
        } catch {
            throw .unreadable(error.description)
        }
    }

    deinit { _ = close(descriptor) }

    /// The next piece; nil at the end.
    func next() async throws -> ByteBuffer? {
        let start = offset.load(ordering: .relaxed)
        let count = min(Self.pieceSize, end - start)
        if count <= 0 { return nil }
        let (path, descriptor) = (path, descriptor)
        let piece = try await NIOThreadPool.singleton.runIfActive {
            var buffer = ByteBufferAllocator().buffer(capacity: count)
            var failure: TransportError?
            while failure == nil, buffer.readableBytes < count {
                let rest = count - buffer.readableBytes
                let position = off_t(start + buffer.readableBytes)
                buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: rest) { bytes in
                    let got = pread(descriptor, bytes.baseAddress, rest, position)
                    if got < 0, errno != EINTR { failure = .unreadable(FileError("read", path).description) }
                    if got == 0 { failure = .unreadable("'\(path)' has become shorter while it was sent") }
                    return max(0, got)
                }
            }
            if let failure { throw failure }
            return buffer
        }
        offset.store(start + count, ordering: .relaxed)
        return piece
    }
}
