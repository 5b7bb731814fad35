import Basics
import Compression

/// How an archive is packed.
package enum ArchiveFormat: Hashable, Sendable {
    case tar
    case tarGzip
    case tarXZ

    /// The format that a name promises; nil for another.
    package init?(name: String) {
        let name = name.lowercased()
        if [".tar.gz", ".tgz", ".gz"].contains(where: name.hasSuffix) {
            self = .tarGzip
        } else if [".tar.xz", ".txz", ".xz", ".bentomodel", ".bento"].contains(where: name.hasSuffix) {
            self = .tarXZ
        } else if name.hasSuffix(".tar") {
            self = .tar
        } else {
            return nil
        }
    }

    /// The format that the first 512 bytes of a file show.
    package init(start bytes: [UInt8]) throws(ArchiveError) {
        if bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
            self = .tarXZ
        } else if bytes.starts(with: [0x1F, 0x8B]) {
            self = .tarGzip
        } else if bytes.starts(with: [0x50, 0x4B]) {
            throw .unsupported("a zip file")
        } else if bytes.starts(with: Array("BZh".utf8)) {
            throw .unsupported("a file of bzip2")
        } else if bytes.isEmpty {
            throw .truncated
        } else {
            self = .tar
        }
    }

    /// Opens the archive of any of the formats in a file.
    package static func open(_ path: String, limits: ArchiveLimits) throws -> TarReader {
        var start = [UInt8](repeating: 0, count: 512)
        let probe = try FileByteSource(path)
        let count = try start.withUnsafeMutableBytes { try probe.read(into: $0) }
        let format = try ArchiveFormat(start: Array(start[..<count]))
        let file = try FileByteSource(path)
        // A little goes for headers and blanks; what grows beyond all bounds is made to do harm.
        let overhead = limits.entries.multipliedReportingOverflow(by: 2048)
        let allowed = max(256 << 20, file.size.multipliedReportingOverflow(by: 250).partialValue)
        let (room, overflow) = limits.bytes.addingReportingOverflow(overhead.overflow ? .max : overhead.partialValue)
        let limit = min(allowed, overflow ? .max : room)
        switch format {
        case .tar: return TarReader(file, limits: limits)
        case .tarGzip: return TarReader(try DecompressedSource(file, .gzip, limit: limit), limits: limits)
        case .tarXZ: return TarReader(try DecompressedSource(file, .xz, limit: limit), limits: limits)
        }
    }
}
