import OrderedCollections
package import Values

extension Entry {
    /// The order of keys in a fresh `.dvc` file; keys not named here follow in their own order.
    private static let dataFileOrder: [Value.Key] = [
        "md5", "etag", "checksum", "size", "nfiles", "isexec", "cloud", "hash", "path", "fs_config",
        "desc", "type", "labels", "meta", "cache", "metric", "plot", "persist", "remote", "push", "files",
    ]

    /// The order of keys in `dvc.lock`.
    private static let lockOrder: [Value.Key] = [
        "path", "hash", "md5", "etag", "checksum", "size", "nfiles", "isexec", "cloud", "files",
    ]

    /// Replaces what the entry says of the data, dropping remote metadata that no longer fits.
    package mutating func record(_ content: RecordedContent) {
        for key: Value.Key in ["md5", "etag", "checksum", "size", "nfiles", "isexec", "hash", "cloud", "files"] {
            fields[key] = nil
        }
        switch content.hash.algorithm {
        case .md5:
            fields["md5"] = .string(content.hash.value)
            fields["hash"] = .string("md5")
        case .md5DOS2Unix:
            fields["md5"] = .string(content.hash.value)
        case .remote(let key):
            fields[Value.Key(key)] = .string(content.hash.value)
            fields["hash"] = .string("md5")
        }
        if let size = content.size { fields["size"] = .int(size) }
        if let count = content.fileCount { fields["nfiles"] = .int(count) }
        if content.isExecutable { fields["isexec"] = .bool(true) }
    }

    /// The mapping as DVC writes it into a new `.dvc` file.
    package var dataFileFields: Value.Map { ordered(by: Self.dataFileOrder) }

    /// The mapping as DVC writes it into `dvc.lock`: data only, none of the flags that `dvc.yaml` states. All but what DVC 2
    /// recorded names the hash, even where data is missing.
    package var lockFields: Value.Map {
        let known = Set(Self.lockOrder)
        var entry = self
        if !isLegacy, fields["hash"] == nil, !path.hasPrefix("ds://") { entry.fields["hash"] = .string("md5") }
        return entry.ordered(by: Self.lockOrder).filter { known.contains($0.key) }
    }

    private func ordered(by order: [Value.Key]) -> Value.Map {
        var result: Value.Map = [:]
        for key in order { if let value = fields[key] { result[key] = value } }
        for (key, value) in fields where result[key] == nil { result[key] = value }
        return result
    }
}

extension Value {
    /// `new` arranged as DVC updates a parsed file: kept keys stay where they are in `self`, new ones follow, gone ones
    /// go; lists of unequal length are replaced whole.
    package func updated(to new: Value) -> Value {
        switch (self, new) {
        case (.map(let old), .map(let new)):
            var result: Value.Map = [:]
            for (key, value) in old { if let replacement = new[key] { result[key] = value.updated(to: replacement) } }
            for (key, value) in new where result[key] == nil { result[key] = value }
            return .map(result)
        case (.list(let old), .list(let new)) where old.count == new.count:
            return .list(zip(old, new).map { $0.updated(to: $1) })
        default:
            return new
        }
    }
}
