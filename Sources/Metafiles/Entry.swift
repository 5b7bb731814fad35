import OrderedCollections
package import Values

/// An output or dependency in a `.dvc` file or in `dvc.lock`: a mapping whose unknown keys are kept.
package struct Entry: Hashable, Sendable {
    /// The keys in the order of the file.
    package var fields: Value.Map

    package init(fields: Value.Map = [:]) {
        self.fields = fields
    }

    /// An entry of a path that nothing is known of yet.
    package init(path: String) {
        fields = ["path": .string(path)]
    }

    /// As written: relative to the stage's working directory, absolute, or a URL.
    package var path: String {
        get { fields["path"]?.string ?? "" }
        set { fields["path"] = .string(newValue) }
    }

    /// The recorded checksum; nil when the entry has none (never committed, or a partial import).
    package var hash: RecordedHash? {
        if let value = fields["md5"]?.checksumText, !value.isEmpty {
            return RecordedHash(algorithm: isLegacy ? .md5DOS2Unix : .md5, value: value)
        }
        for key: Value.Key in ["etag", "checksum"] {
            if let value = fields[key]?.checksumText, !value.isEmpty {
                return RecordedHash(algorithm: .remote(key: key.text), value: value)
            }
        }
        return nil
    }

    /// Whether the entry was written by DVC 2.
    package var isLegacy: Bool { fields["hash"] == nil && fields["md5"] != nil }

    /// In bytes, all files together.
    package var size: Int? { fields["size"]?.int }
    /// The number of files; nil for a single file.
    package var fileCount: Int? { fields["nfiles"]?.int }
    package var isExecutable: Bool { fields["isexec"]?.bool ?? false }
    package var usesCache: Bool { fields["cache"]?.bool ?? true }
    package var isPersistent: Bool { fields["persist"]?.bool ?? false }
    package var isPushed: Bool { fields["push"]?.bool ?? true }
    package var remote: String? { fields["remote"]?.string }
    package var isMetric: Bool { fields["metric"].map(Self.isTrue) ?? false }
    package var isPlot: Bool { fields["plot"].map(Self.isTrue) ?? false }
    /// The source of an import from another repository.
    package var repository: Value.Map? { fields["repo"]?.map }
    package var isImportedFromRepository: Bool { fields["repo"] != nil }

    /// What the content was when it was last recorded, for comparing two entries of one path.
    package var content: RecordedContent? {
        hash.map { RecordedContent(hash: $0, size: size, fileCount: fileCount, isExecutable: isExecutable) }
    }

    private static func isTrue(_ value: Value) -> Bool {
        switch value {
        case .bool(let flag): flag
        case .null: false
        case .map(let map): !map.isEmpty
        default: true
        }
    }
}

/// What an entry says of the data itself.
package struct RecordedContent: Hashable, Sendable {
    package let hash: RecordedHash
    package let size: Int?
    package let fileCount: Int?
    package let isExecutable: Bool

    package init(hash: RecordedHash, size: Int?, fileCount: Int?, isExecutable: Bool) {
        self.hash = hash
        self.size = size
        self.fileCount = fileCount
        self.isExecutable = isExecutable
    }
}

extension Value {
    /// The text of a checksum, which YAML takes for a number when it is all digits; nil for anything else.
    var checksumText: String? {
        switch self {
        case .string(let text): text
        case .int(let number): String(number)
        case .bigInt(let digits): "\(digits)"
        default: nil
        }
    }
}
