/// Writes a tar archive to a sink, block by block: the same entries give the same bytes.
///
/// Owners are 0 and nameless. An entry that does not fit the format of 1988 gets a pax header before it.
package struct TarWriter {
    private let sink: (UnsafeRawBufferPointer) throws -> Void
    private var missing = 0
    private var padding = 0

    package init(_ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) {
        self.sink = sink
    }

    /// Starts an entry; the bytes of a file follow by ``write(_:)``.
    package mutating func add(_ entry: ArchiveEntry) throws {
        if missing > 0 { throw ArchiveError.unwritable("a file that is shorter than it was announced to be") }
        let header = try TarHeader(writing: entry)
        if !header.extras.isEmpty {
            let records = TarHeader.records(header.extras)
            try send(TarHeader(ofRecords: records.count, modified: 0).block)
            try send(records + Self.zeros((512 - records.count % 512) % 512))
        }
        try send(header.block)
        missing = entry.kind == .file ? entry.size : 0
        padding = (512 - missing % 512) % 512
    }

    /// Adds a file at once.
    package mutating func add(_ entry: ArchiveEntry, contents: [UInt8]) throws {
        var entry = entry
        entry.size = contents.count
        try add(entry)
        try contents.withUnsafeBytes { try write($0) }
    }

    /// Writes bytes of the file that was added last.
    package mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard bytes.count <= missing else {
            throw ArchiveError.unwritable("a file that is longer than it was announced to be")
        }
        if bytes.isEmpty { return }
        try sink(bytes)
        missing -= bytes.count
        if missing == 0, padding > 0 {
            try send(Self.zeros(padding))
            padding = 0
        }
    }

    /// Ends the archive.
    package mutating func finish() throws {
        if missing > 0 { throw ArchiveError.unwritable("a file that is shorter than it was announced to be") }
        try send(Self.zeros(1024))
    }

    private func send(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try sink($0) } }

    private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
}
