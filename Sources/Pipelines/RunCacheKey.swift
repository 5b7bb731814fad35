import Digests
import OrderedCollections
package import Values

/// Names entries of the run cache, which remembers what a command made of which dependencies.
///
/// An entry is a stage in the form of `dvc.lock`: `cmd`, `deps`, `params` and `outs`.
package enum RunCacheKey {
    /// The name of all runs of the same command with the same dependencies, as 64 hexadecimal digits.
    package static func key(entry: Value) -> String {
        guard var map = entry.map else { return value(entry: entry) }
        map["outs"] = .list(map["outs"]?.list?.compactMap { $0["path"] } ?? [])
        return value(entry: .map(map))
    }

    /// The name of one run and its outputs, as 64 hexadecimal digits.
    package static func value(entry: Value) -> String {
        SHA256.hash(Array(withoutSizes(entry).json(sortKeys: true).utf8))
    }

    private static func withoutSizes(_ value: Value) -> Value {
        switch value {
        case .list(let elements): .list(elements.map(withoutSizes))
        case .map(let map):
            .map(map.filter { $0.key != "size" && $0.key != "nfiles" }.mapValues(withoutSizes))
        default: value
        }
    }
}
