import OrderedCollections
import Values
import YAML

/// A shape that a metafile's values must have (DVC's schema, as far as a wrong value could mislead).
indirect enum MetafileSchema: Sendable {
    case any
    case string
    /// Text that can name a file: neither empty nor with a NUL.
    case path
    case integer
    case boolean
    /// Text or, as YAML reads one that is all digits, a number; of at least three digits, or nothing.
    case checksum
    case list(of: MetafileSchema)
    /// Named keys; `required` ones must be there, others are errors unless `isOpen`.
    case mapping([Value.Key: MetafileSchema], required: [Value.Key] = [], isOpen: Bool = false)
    /// Any key, all values of one shape.
    case dictionary(of: MetafileSchema)
    case either(MetafileSchema, MetafileSchema)

    /// A value that does not fit, and where it is.
    struct Fault {
        let path: [YAMLStep]
        let message: String

        func diagnostic(in document: YAMLDocument, file: String) -> Diagnostic {
            Diagnostic(file: file, line: document.line(of: path), message: message)
        }
    }

    /// What does not fit; nothing for a value that does, which is found out without noting where each value is.
    func faults(in value: Value) -> [Fault] { fits(value) ? [] : faults(in: value, at: []) }

    private func fits(_ value: Value) -> Bool {
        switch (self, value) {
        case (.list(let element), .list(let values)): values.allSatisfy(element.fits)
        case (.dictionary(let element), .map(let map)): map.values.allSatisfy(element.fits)
        case (.mapping(let keys, let required, let isOpen), .map(let map)):
            required.allSatisfy { map[$0] != nil } && map.allSatisfy { keys[$0]?.fits($1) ?? isOpen }
        case (.either(let first, let second), _): first.fits(value) || second.fits(value)
        default: faults(in: value, at: []).isEmpty
        }
    }

    private func faults(in value: Value, at path: [YAMLStep]) -> [Fault] {
        switch (self, value) {
        case (.any, _), (.string, .string), (.integer, .int), (.boolean, .bool): return []
        case (.path, .string(let text)):
            let isPath = !text.isEmpty && !text.utf8.contains(0)
            return isPath ? [] : [Fault(path: path, message: text.isEmpty ? "the path is empty" : "the path has a NUL")]
        case (.checksum, .null): return []
        case (.checksum, .string), (.checksum, .int), (.checksum, .bigInt):
            let text = value.checksumText ?? ""
            if text.isEmpty || text.unicodeScalars.count >= 3 { return [] }
            return [Fault(path: path, message: "'\(text)' is not a checksum")]
        case (.list(let element), .list(let values)):
            return values.enumerated().flatMap { element.faults(in: $1, at: path + [.index($0)]) }
        case (.dictionary(let element), .map(let map)):
            return map.flatMap { element.faults(in: $0.value, at: path + [.key($0.key)]) }
        case (.mapping(let keys, let required, let isOpen), .map(let map)):
            return Self.faults(in: map, keys: keys, required: required, isOpen: isOpen, at: path)
        case (.either(let first, let second), _):
            let faults = first.faults(in: value, at: path)
            return faults.isEmpty || second.faults(in: value, at: path).isEmpty ? [] : faults
        default:
            return [Fault(path: path, message: "expected \(expectation), found \(value.kind)")]
        }
    }

    private static func faults(
        in map: Value.Map,
        keys: [Value.Key: MetafileSchema],
        required: [Value.Key],
        isOpen: Bool,
        at path: [YAMLStep]
    ) -> [Fault] {
        var faults: [Fault] = []
        for key in required where map[key] == nil {
            faults.append(Fault(path: path, message: "required key '\(key)' is missing"))
        }
        for (key, value) in map {
            if let schema = keys[key] {
                faults += schema.faults(in: value, at: path + [.key(key)])
            } else if !isOpen {
                faults.append(Fault(path: path + [.key(key)], message: "unknown key '\(key)'"))
            }
        }
        return faults
    }

    private var expectation: String {
        switch self {
        case .any: "a value"
        case .string, .path: "a string"
        case .integer: "an integer"
        case .boolean: "true or false"
        case .checksum: "a checksum"
        case .list: "a list"
        case .mapping, .dictionary: "a mapping"
        case .either(let first, let second): "\(first.expectation) or \(second.expectation)"
        }
    }
}

extension MetafileSchema {
    private static let data: [Value.Key: MetafileSchema] = [
        "path": .path, "md5": .checksum, "size": .either(.integer, .any),
        "nfiles": .either(.integer, .any), "isexec": .boolean, "hash": .string, "cloud": .any, "files": .any,
        "etag": .checksum, "checksum": .checksum, "version_id": .any, "remote": .any, "fs_config": .any,
    ]

    private static let output = data.merging([
        "cache": .boolean, "persist": .boolean, "metric": .any, "plot": .any, "push": .boolean,
        "desc": .any, "type": .any, "labels": .any, "meta": .any, "remote": .any,
    ]) { $1 }

    private static let dependency = data.merging([
        "repo": .mapping([:], isOpen: true), "db": .any, "dataset": .any,
    ]) { $1 }

    private static let command = MetafileSchema.either(.string, .list(of: .string))

    /// A `.dvc` file.
    static let dataFile = MetafileSchema.mapping([
        "outs": .list(of: .mapping(output, required: ["path"])),
        "deps": .list(of: .mapping(dependency, required: ["path"])),
        "cmd": .either(command, .any), "md5": .any, "wdir": .either(.string, .any), "frozen": .boolean,
        "always_changed": .boolean, "desc": .any, "meta": .any, "locked": .boolean,
    ])

    /// One stage of a lock file.
    static let lockStage = MetafileSchema.mapping(
        [
            "cmd": command,
            "deps": .list(of: .mapping(dependency, required: ["path"])),
            "outs": .list(of: .mapping(output, required: ["path"])),
            "params": .dictionary(of: .dictionary(of: .any)),
        ],
        required: ["cmd"]
    )

    /// A `dvc.lock` file.
    static let lockFile = MetafileSchema.mapping(
        ["schema": .string, "stages": .dictionary(of: lockStage), "datasets": .any],
        required: ["schema"]
    )
}

extension Value {
    /// What the value is, in the words of a message.
    fileprivate var kind: String {
        switch self {
        case .null: "nothing"
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): "the number \(number)"
        case .bigInt(let digits): "the number \(digits)"
        case .float(let number): "the number \(number)"
        case .string(let text): "'\(text)'"
        case .date(let text): "the date \(text)"
        case .list: "a list"
        case .map: "a mapping"
        }
    }
}

extension LockEntry {
    /// Whether the fields have the shape of a stage in a lock file.
    package var isValid: Bool { MetafileSchema.lockStage.faults(in: .map(fields)).isEmpty }
}
