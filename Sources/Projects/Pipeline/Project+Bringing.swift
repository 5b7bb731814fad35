import Basics
import Metafiles
import ObjectStore

extension Project {
    /// Brings the objects of outputs that are not in the cache from their remotes; false when some are nowhere.
    func bringObjects(of outputs: [Output]) throws -> Bool {
        var isComplete = true
        for output in outputs {
            guard let id = output.object, try !isCached(output) else { continue }
            let kind: HashKind = output.isLegacy ? .md5DOS2Unix : .md5
            let remote = try openRemote(output.entry.remote, kind: kind)
            let result = try Transfer(store: store(for: output), remote: remote, jobs: nil).fetch([id])
            if !result.failed.isEmpty || !result.missing.isEmpty { isComplete = false }
        }
        return isComplete
    }

    /// Brings all entries of the run cache from the default remote; says so where there is none.
    func bringRunCache(_ observer: any ReproductionObserver) throws {
        do {
            let remote = try openRemote(nil, kind: .md5DOS2Unix)
            for path in try remote.files(below: "runs") where Self.isRunCacheEntry(path) {
                let target = Paths.join(legacyStore.root, path)
                if Files.exists(target) { continue }
                let bytes = try remote.downloadFile(path)
                try Files.makeDirectories(Paths.parent(target))
                try Files.writeAtomically(bytes, to: target)
            }
        } catch ProjectError.noRemote {
            observer.warn("failed to pull run cache: no remote specified")
        }
    }

    /// Whether the path has the form of an entry: `runs/<2 digits>/<key>/<value>`.
    private static func isRunCacheEntry(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "runs" && parts[1] == parts[2].prefix(2)
            && parts[2...].allSatisfy { $0.utf8.count == 64 && $0.utf8.allSatisfy(Self.isHexadecimal) }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
