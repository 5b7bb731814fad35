import Compression
import NIOCore

/// Puts the one message of a call together from the pieces that it comes in.
struct MessageAssembly {
    private let limit: Int
    private let compression: CompressionFormat?
    private var received = ByteBuffer()

    init(limit: Int, compression: CompressionFormat?) {
        self.limit = limit
        self.compression = compression
    }

    var byteCount: Int { received.readableBytes }

    mutating func append(_ piece: ByteBuffer) throws(GRPCStatus) {
        if received.readableBytes == 0 {
            received = piece
        } else {
            if received.readableBytes < 1 << 16, let length = announcedLength {
                // As much as the client says, but not on its word alone.
                received.reserveCapacity(minimumWritableBytes: min(length, 1 << 20))
            }
            received.writeImmutableBuffer(piece)
        }
        guard let length = announcedLength else { return }
        if length > limit { throw tooLarge }
        if received.readableBytes > 5 + length {
            throw GRPCStatus(.invalidArgument, "the call has more than one message")
        }
    }

    /// The message when all of it is there.
    mutating func finish() throws(GRPCStatus) -> ByteBuffer {
        guard let length = announcedLength, received.readableBytes == 5 + length,
            let flag = received.readInteger(as: UInt8.self)
        else { throw GRPCStatus(.invalidArgument, "the message of the call is not complete") }
        received.moveReaderIndex(forwardBy: 4)
        if flag == 0 { return received }
        guard flag == 1, let compression else {
            throw GRPCStatus(.invalidArgument, "the message is compressed in no way that grpc-encoding tells")
        }
        return try decompress(compression)
    }

    private func decompress(_ format: CompressionFormat) throws(GRPCStatus) -> ByteBuffer {
        var result = ByteBuffer()
        do throws(CompressionError) {
            let inflater = try Inflater(format, limit: limit)
            let outcome = received.withUnsafeReadableBytes { bytes in
                Result { () throws(CompressionError) in try inflater.inflate(bytes) { result.writeBytes($0) } }
            }
            try outcome.get()
            try inflater.finish()
        } catch {
            if case .tooLarge = error { throw tooLarge }
            throw GRPCStatus(.invalidArgument, error.description)
        }
        return result
    }

    private var announcedLength: Int? {
        received.getInteger(at: received.readerIndex + 1, as: UInt32.self).map { Int($0) }
    }

    private var tooLarge: GRPCStatus {
        GRPCStatus(.resourceExhausted, "the message is larger than \(limit) bytes")
    }
}
