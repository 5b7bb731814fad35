import Configuration
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
}
