import Basics
import Glibc

/// Unpacks files and folders of an archive into a new folder; links, devices and the like are left out and named.
package struct ArchiveExtractor {
    /// What came of an archive.
    package struct Outcome: Sendable {
        /// The files, as paths below the folder, in the order of the archive.
        package var files: [String] = []
        /// What was left out, and why.
        package var skipped: [(name: String, reason: String)] = []

        package init() {}
    }

    private let folder: String
    private var outcome = Outcome()
    private var folders: Set<String> = []
    private var names: Set<String> = []

    /// Unpacks the archive at a path into an existing, empty folder that nobody else writes to.
    package static func extract(
        _ archive: String,
        to folder: String,
        limits: ArchiveLimits = ArchiveLimits()
    ) throws -> Outcome {
        try extract(try ArchiveFormat.open(archive, limits: limits), to: folder)
    }

    package static func extract(_ reader: TarReader, to folder: String) throws -> Outcome {
        var extractor = ArchiveExtractor(folder: folder)
        while let entry = try reader.next() { try extractor.take(entry, reader) }
        return extractor.outcome
    }

    private init(folder: String) {
        self.folder = folder
    }

    private mutating func take(_ entry: ArchiveEntry, _ reader: TarReader) throws {
        let parts = try ArchivePath.parts(of: entry.path)
        let path = parts.joined(separator: "/")
        switch entry.kind {
        case .directory: try makeFolders(parts[...], of: entry.path)
        case .file:
            if parts.isEmpty { throw ArchiveError.unsafeName(entry.path) }
            if folders.contains(path) || !names.insert(path).inserted { throw ArchiveError.repeatedName(path) }
            try makeFolders(parts.dropLast(), of: entry.path)
            try write(entry, to: Paths.join(folder, path), reader)
            outcome.files.append(path)
        case .symbolicLink(let target): outcome.skipped.append((path, "a link to '\(target)'"))
        case .hardLink(let target): outcome.skipped.append((path, "a link to '\(target)'"))
        case .other: outcome.skipped.append((path, "neither a file nor a folder"))
        }
    }

    private mutating func makeFolders(_ parts: ArraySlice<String>, of name: String) throws {
        var path = ""
        for part in parts {
            path = Paths.join(path, part)
            if names.contains(path) { throw ArchiveError.repeatedName(path) }
            if !folders.insert(path).inserted { continue }
            let place = Paths.join(folder, path)
            if mkdir(place, 0o777) != 0 { throw FileError("make directory", place) }
        }
    }

    private func write(_ entry: ArchiveEntry, to path: String, _ reader: TarReader) throws {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let descriptor = try Files.open(path, flags, mode: entry.isExecutable ? 0o777 : 0o666)
        defer { _ = close(descriptor) }
        try withUnsafeTemporaryAllocation(byteCount: 1 << 18, alignment: 16) { buffer in
            while true {
                let count = try reader.read(into: buffer)
                if count == 0 { return }
                try ArchiveSink.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: descriptor, path)
            }
        }
    }
}
