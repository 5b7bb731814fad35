import Archives
import Basics
import Compression

/// A folder that goes with the value.
final class Folder {
    let path: String

    init() throws { path = try Files.makeTemporaryFolder("apus-archives-") }

    deinit { try? Files.remove(path) }

    func callAsFunction(_ name: String) -> String { Paths.join(path, name) }
}

/// An archive in memory.
func tar(_ entries: [(ArchiveEntry, [UInt8])]) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var writer = TarWriter { bytes.append(contentsOf: $0) }
    for (entry, contents) in entries {
        if entry.kind == .file { try writer.add(entry, contents: contents) } else { try writer.add(entry) }
    }
    try writer.finish()
    return bytes
}

/// All entries of an archive, with their bytes.
func entries(of bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws -> [(ArchiveEntry, [UInt8])] {
    let reader = TarReader(MemorySource(bytes), limits: limits)
    var found: [(ArchiveEntry, [UInt8])] = []
    while let entry = try reader.next() { found.append((entry, try reader.contents(limit: 1 << 20))) }
    return found
}

/// Changes bytes of the first header and makes its checksum right again.
func patched(_ archive: [UInt8], at header: Int = 0, _ changes: [(offset: Int, bytes: [UInt8])]) -> [UInt8] {
    var archive = archive
    for change in changes {
        let start = header + change.offset
        archive.replaceSubrange(start..<start + change.bytes.count, with: change.bytes)
    }
    archive.replaceSubrange(header + 148..<header + 156, with: Array("        ".utf8))
    let sum = archive[header..<header + 512].reduce(0) { $0 + Int($1) }
    let digits = String(sum, radix: 8)
    let field = String(repeating: "0", count: 6 - digits.utf8.count) + digits + "\0 "
    archive.replaceSubrange(header + 148..<header + 156, with: Array(field.utf8))
    return archive
}
