import Basics
import Compression
import Glibc

/// The way of an archive's bytes into an open file, compressed on it.
package final class ArchiveSink {
    private enum Encoder {
        case none
        case gzip(BlockDeflater)
        case xz(XZDeflater)
    }

    private let encoder: Encoder
    private let descriptor: Int32
    private let path: String
    /// What went wrong in a writer that may only fail as compressors do.
    private var failure: FileError?

    package init(_ format: ArchiveFormat, descriptor: Int32, path: String) throws {
        self.descriptor = descriptor
        self.path = path
        encoder =
            switch format {
            case .tar: .none
            case .tarGzip: .gzip(try BlockDeflater())
            case .tarXZ: .xz(try XZDeflater())
            }
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws {
        switch encoder {
        case .none: put(bytes)
        case .gzip(let deflater): try deflater.deflate(bytes) { put($0) }
        case .xz(let deflater): try deflater.deflate(bytes) { put($0) }
        }
        if let failure { throw failure }
    }

    package func finish() throws {
        switch encoder {
        case .none: break
        case .gzip(let deflater): try deflater.finish { put($0) }
        case .xz(let deflater): try deflater.finish { put($0) }
        }
        if let failure { throw failure }
    }

    private func put(_ bytes: UnsafeRawBufferPointer) {
        if failure != nil { return }
        do {
            try Self.write(bytes, to: descriptor, path)
        } catch {
            failure = error
        }
    }

    /// Writes all bytes.
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ path: String) throws(FileError) {
        var offset = 0
        while offset < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
            if count >= 0 {
                offset += count
            } else if errno != EINTR {
                throw FileError("write", path)
            }
        }
    }
}

extension TarWriter {
    /// Adds a file of the file system under a name.
    package mutating func add(_ entry: ArchiveEntry, contentsOf path: String) throws {
        let source = try FileByteSource(path)
        var entry = entry
        entry.size = source.size
        try add(entry)
        try withUnsafeTemporaryAllocation(byteCount: 1 << 18, alignment: 16) { buffer in
            while true {
                let count = try source.read(into: buffer)
                if count == 0 { return }
                try write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
    }
}
