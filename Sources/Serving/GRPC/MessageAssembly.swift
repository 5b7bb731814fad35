import Compression
import NIOCore

/// Puts the messages of a call together from the pieces that they come in; there is one unless it is a stream.
struct MessageAssembly {
    private let limit: Int
    private let isStream: Bool
    private let compression: CompressionFormat?
    private var received = ByteBuffer()

    init(limit: Int, compression: CompressionFormat?, isStream: Bool = false) {
        self.limit = limit
        self.isStream = isStream
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
        if received.readableBytes > 5 + length, !isStream {
            throw GRPCStatus(.invalidArgument, "the call has more than one message")
        }
    }

    /// The message of a call that has only one.
    mutating func finish() throws(GRPCStatus) -> ByteBuffer {
        guard let message = try next(), received.readableBytes == 0 else {
            throw GRPCStatus(.invalidArgument, "the message of the call is not complete")
        }
        return message
    }

    /// The next message when all of it is there.
    mutating func next() throws(GRPCStatus) -> ByteBuffer? {
        guard let length = announcedLength else { return nil }
        if length > limit { throw tooLarge }
        guard received.readableBytes >= 5 + length, let flag = received.readInteger(as: UInt8.self) else { return nil }
        received.moveReaderIndex(forwardBy: 4)
        guard let content = received.readSlice(length: length) else { return nil }
        if flag == 0 { return content }
        guard flag == 1, let compression else {
            throw GRPCStatus(.invalidArgument, "the message is compressed in no way that grpc-encoding tells")
        }
        return try decompress(content, compression)
    }

    private func decompress(_ content: ByteBuffer, _ format: CompressionFormat) throws(GRPCStatus) -> ByteBuffer {
        var result = ByteBuffer()
        do throws(CompressionError) {
            let inflater = try Inflater(format, limit: limit)
            let outcome = content.withUnsafeReadableBytes { bytes in
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
