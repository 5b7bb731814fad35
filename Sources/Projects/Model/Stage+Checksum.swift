import Digests
package import Metafiles
import OrderedCollections
import Pipelines
import Values

extension Stage {
    /// Whether the command differs from what is recorded, or for a `.dvc` file the checksum of its own content.
    package var hasChangedCommand: Bool {
        switch source {
        case .pipeline(let definition, let entry):
            guard let entry else { return false }
            return !entry.command.isEqualInPython(to: definition.commandValue)
        case .dataFile(let file):
            if file.command == nil, !file.isImport { return file["md5"] != nil }
            return file["md5"]?.string != Self.checksum(of: file)
        }
    }

    /// The checksum that DVC keeps in a `.dvc` file of an import: MD5 of its content as JSON, without what does not
    /// matter to the data (`dvc/stage/utils.py`, `compute_md5`).
    package static func checksum(of file: DataFile) -> String {
        var map = file.value.map ?? [:]
        for key: Value.Key in ["md5", "meta", "desc"] { map[key] = nil }
        if map["wdir"] == .string(".") { map["wdir"] = nil }
        return MD5.hash(Array(withoutRemarks(.map(map)).json(sortKeys: true).utf8)).hex
    }

    private static let remarks: Set<Value.Key> = [
        "desc", "type", "labels", "meta", "locked", "frozen", "metric", "persist", "isexec", "size", "nfiles",
    ]

    private static func withoutRemarks(_ value: Value) -> Value {
        switch value {
        case .list(let elements): .list(elements.map(withoutRemarks))
        case .map(let map): .map(map.filter { !remarks.contains($0.key) }.mapValues(withoutRemarks))
        default: value
        }
    }
}
