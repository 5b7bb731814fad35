package import Basics
import Compression
import Glibc

/// Bytes that are read one after another.
package protocol ByteSource: AnyObject {
    /// Fills the start of the buffer, which is not empty; 0 at the end, otherwise at least one byte.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// Bytes in memory.
package final class MemorySource: ByteSource {
    private let bytes: [UInt8]
    private var offset = 0

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - offset)
        buffer.copyBytes(from: bytes[offset..<offset + count])
        offset += count
        return count
    }
}

/// The bytes of a file.
package final class FileByteSource: ByteSource {
    private let descriptor: Int32
    private let path: String
    package let size: Int

    /// Opens a regular file.
    package init(_ path: String) throws(FileError) {
        self.path = path
        descriptor = try Files.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        var status = stat()
        let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        size = Int(status.st_size)
        if !isFile {
            _ = close(descriptor)
            throw FileError("read", path, code: EISDIR)
        }
    }

    deinit { _ = close(descriptor) }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw FileError("read", path) }
        }
    }
}

/// What comes out of a compressed source.
package final class DecompressedSource: ByteSource {
    package enum Format: Sendable {
        case gzip
        case xz
    }

    private enum Decoder {
        case gzip(Inflater)
        case xz(XZInflater)
    }

    private let source: any ByteSource
    private let decoder: Decoder
    /// Small, since what comes out of it is kept until it is read, and may be a thousand times as much.
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 16)
    private var output: [UInt8] = []
    private var offset = 0
    private var isAtEnd = false

    /// Gives out `limit` bytes at most.
    package init(_ source: any ByteSource, _ format: Format, limit: Int) throws {
        self.source = source
        decoder =
            switch format {
            case .gzip: .gzip(try Inflater(.gzip, limit: limit))
            case .xz: .xz(try XZInflater(limit: limit))
            }
    }

    deinit { input.deallocate() }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while offset == output.count {
            if isAtEnd { return 0 }
            output.removeAll(keepingCapacity: true)
            offset = 0
            try fill()
        }
        let count = min(buffer.count, output.count - offset)
        buffer.copyBytes(from: output[offset..<offset + count])
        offset += count
        return count
    }

    private func fill() throws {
        let count = try source.read(into: input)
        isAtEnd = count == 0
        let bytes = UnsafeRawBufferPointer(rebasing: input[..<count])
        switch decoder {
        case .gzip(let inflater):
            if isAtEnd { return try inflater.finish() }
            try inflater.inflate(bytes) { output.append(contentsOf: $0) }
        case .xz(let inflater):
            if isAtEnd { return try inflater.finish { output.append(contentsOf: $0) } }
            try inflater.inflate(bytes) { output.append(contentsOf: $0) }
        }
    }
}
