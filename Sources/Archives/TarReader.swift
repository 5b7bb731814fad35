/// Reads a tar archive entry by entry: the formats of 1979, POSIX (ustar and pax) and GNU.
///
/// Every number and name in it is doubted; sparse files and archives of several volumes are refused.
package final class TarReader {
    private let source: any ByteSource
    private let limits: ArchiveLimits
    /// Bytes of the current file that were not read, and blanks behind them.
    private var remaining = 0
    private var padding = 0
    private var total = 0
    private var count = 0
    private var isAtEnd = false
    private var defaults = Extras()

    /// What a header before an entry says instead of the entry's own.
    private struct Extras {
        var path: String?
        var target: String?
        var size: Int?
        var modified: Int?
    }

    package init(_ source: any ByteSource, limits: ArchiveLimits = ArchiveLimits()) {
        self.source = source
        self.limits = limits
    }

    /// The next entry, whatever was read of the one before; nil at the end.
    package func next() throws -> ArchiveEntry? {
        if isAtEnd { return nil }
        var extras = defaults
        while true {
            try skip(remaining + padding)
            (remaining, padding) = (0, 0)
            guard let header = try block() else { return try end() }
            if header.allSatisfy({ $0 == 0 }) { return try end() }
            count += 1
            if count > limits.entries { throw ArchiveError.tooLarge("it has more than \(limits.entries) entries") }
            let fields = try TarFields(header)
            switch fields.type {
            case "x": try read(try text(fields), into: &extras)
            case "g": try read(try text(fields), into: &defaults)
            case "L": extras.path = String(decoding: try text(fields).prefix { $0 != 0 }, as: UTF8.self)
            case "K": extras.target = String(decoding: try text(fields).prefix { $0 != 0 }, as: UTF8.self)
            case "S": throw ArchiveError.unsupported("a sparse file in an archive")
            case "M": throw ArchiveError.unsupported("an archive of several volumes")
            default: return try entry(fields, extras)
            }
        }
    }

    /// Fills the start of the buffer with bytes of the current file; 0 at its end.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if remaining == 0 || buffer.isEmpty { return 0 }
        let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, remaining)])
        let count = try source.read(into: part)
        if count == 0 { throw ArchiveError.truncated }
        remaining -= count
        return count
    }

    /// The bytes of the current file, when they are not more than `limit`.
    package func contents(limit: Int) throws -> [UInt8] {
        if remaining > limit { throw ArchiveError.tooLarge("\(remaining) bytes where \(limit) are taken") }
        return try bytes(remaining)
    }

    private func bytes(_ count: Int) throws -> [UInt8] {
        var result = [UInt8](repeating: 0, count: count)
        try result.withUnsafeMutableBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let got = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[offset...]))
                if got == 0 { throw ArchiveError.truncated }
                offset += got
            }
        }
        return result
    }

    private func entry(_ fields: TarFields, _ extras: Extras) throws -> ArchiveEntry {
        let path = extras.path ?? fields.path
        let target = extras.target ?? fields.target
        for name in [path, target] where name.utf8.count > limits.nameLength {
            throw ArchiveError.tooLarge("a name of \(name.utf8.count) bytes")
        }
        if path.isEmpty || path.utf8.contains(0) || target.utf8.contains(0) {
            throw ArchiveError.damaged("an entry without a proper name")
        }
        let kind: ArchiveEntry.Kind =
            switch fields.type {
            // Before POSIX, directories were files whose names end in a slash.
            case "0", "\0", "7": path.hasSuffix("/") ? .directory : .file
            case "1": .hardLink(target)
            case "2": .symbolicLink(target)
            case "5": .directory
            default: .other
            }
        let hasData = kind == .file || (kind == .other && !"346".contains(fields.type))
        let size = hasData ? extras.size ?? fields.size : 0
        try announce(size)
        return ArchiveEntry(
            path: path,
            kind: kind,
            mode: fields.mode & 0o7777,
            size: kind == .file ? size : 0,
            modified: extras.modified ?? fields.modified
        )
    }

    private func announce(_ size: Int) throws {
        let (sum, overflow) = total.addingReportingOverflow(size)
        if size < 0 || overflow || sum > limits.bytes {
            throw ArchiveError.tooLarge("its files have more than \(limits.bytes) bytes")
        }
        total = sum
        remaining = size
        padding = (512 - size % 512) % 512
    }

    /// The bytes of a header that is longer than a block.
    private func text(_ fields: TarFields) throws -> [UInt8] {
        if fields.size > 1 << 20 { throw ArchiveError.tooLarge("a header of \(fields.size) bytes") }
        try announce(fields.size)
        return try bytes(fields.size)
    }

    private func read(_ records: [UInt8], into extras: inout Extras) throws {
        for (key, value) in try PaxRecords.parse(records) {
            switch key {
            case "path": extras.path = value
            case "linkpath": extras.target = value
            case "size":
                guard let size = Int(value), size >= 0 else { throw ArchiveError.damaged("the size '\(value)'") }
                extras.size = size
            case "mtime": extras.modified = Int(value.prefix { $0 != "." })
            case _ where key.hasPrefix("GNU.sparse"):
                throw ArchiveError.unsupported("a sparse file in an archive")
            default: break
            }
        }
    }

    /// A block; nil at the end of the source.
    private func block() throws -> [UInt8]? {
        var block = [UInt8](repeating: 0, count: 512)
        let count = try block.withUnsafeMutableBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let got = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[offset...]))
                if got == 0 { break }
                offset += got
            }
            return offset
        }
        if count == 0 { return nil }
        if count < 512 { throw ArchiveError.truncated }
        return block
    }

    private func skip(_ count: Int) throws {
        var rest = count
        try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
            while rest > 0 {
                let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(rest, buffer.count)])
                let got = try source.read(into: part)
                if got == 0 { throw ArchiveError.truncated }
                rest -= got
            }
        }
    }

    /// Reads what is behind the last entry, so that a checksum at the end of the source is looked at.
    private func end() throws -> ArchiveEntry? {
        isAtEnd = true
        try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
            var rest = 64 << 20
            while rest > 0 {
                let got = try source.read(into: buffer)
                if got == 0 { return }
                rest -= got
            }
            throw ArchiveError.damaged("much follows its end")
        }
        return nil
    }
}
