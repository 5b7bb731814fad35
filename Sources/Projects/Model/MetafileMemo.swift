import Basics
import Git
import Synchronization

/// What metafiles say, remembered together with the contents of all files that were read for them.
///
/// Neighbouring commits have most of their files in common, which then are read and parsed once. Not for several
/// threads at once.
package final class MetafileMemo {
    /// The stages and the pipeline of one metafile.
    struct Reading {
        let stages: [Stage]
        let pipelines: [PipelineDocument]
        /// The contents of the files that it was made of, by their paths.
        let fingerprints: [String: String]
    }

    private var readings: [String: [Reading]] = [:]

    package init() {}

    /// What is known of a metafile, when all files that matter are as they were.
    func reading(of path: String, in source: any FileSource) throws -> Reading? {
        for reading in (readings[path] ?? []).reversed() {
            let holds = try reading.fingerprints.allSatisfy { try source.fingerprint(of: $0.key) == $0.value }
            if holds { return reading }
        }
        return nil
    }

    func remember(_ reading: Reading, of path: String) {
        // Older states are less likely to come back.
        if readings[path, default: []].count >= 16 { readings[path]?.removeFirst() }
        readings[path, default: []].append(reading)
    }
}

/// A source that notes which files are read.
final class RecordingFiles: FileSource {
    private let source: any FileSource
    private let read = Mutex<[String: String]?>([:])

    init(_ source: any FileSource) { self.source = source }

    /// The contents of the files that were read so far; nil when one of them cannot be told from others.
    var fingerprints: [String: String]? { read.withLock { $0 } }

    func entries(in directory: String) throws -> [DirectoryEntry] { try source.entries(in: directory) }

    func entries(
        in directory: String,
        where isWanted: (UnsafeBufferPointer<UInt8>, FileStatus.Kind) -> Bool
    ) throws -> [DirectoryEntry] { try source.entries(in: directory, where: isWanted) }

    func contents(of path: String) throws -> [UInt8]? {
        let fingerprint = try source.fingerprint(of: path)
        read.withLock { read in
            if let fingerprint { read?[path] = fingerprint } else { read = nil }
        }
        return try source.contents(of: path)
    }

    func kind(of path: String) throws -> FileStatus.Kind? { try source.kind(of: path) }

    func ignoreRules(of project: Project) -> IgnoreRules { source.ignoreRules(of: project) }

    func fingerprint(of path: String) throws -> String? { try source.fingerprint(of: path) }
}
