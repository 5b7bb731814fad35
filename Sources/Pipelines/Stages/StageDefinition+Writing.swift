import OrderedCollections
package import Values
import YAML

extension StageDefinition {
    /// A stage that is in no file yet.
    package init(name: String, command: String) {
        self.init(
            name: name,
            command: [command],
            commandIsList: false,
            workingDirectory: nil,
            dependencies: [],
            parameters: [],
            outputs: [],
            isFrozen: false,
            isAlwaysChanged: false,
            description: nil,
            meta: nil,
            group: nil,
            diagnosticPath: [.key("stages"), .key(Value.Key(name))],
            isParametrized: false
        )
    }

    /// Whether the file has the stage as it is, so that it can be changed there: neither variables nor a group made it.
    package var isWritable: Bool { !isParametrized && group == nil }

    /// The stage's part of `dvc.yaml` with DVC's order of keys and entries; what says nothing is left out.
    ///
    /// Source: `dvc/stage/serialize.py`, `to_pipeline_file`.
    package var written: Value.Map {
        var map: Value.Map = [:]
        if let description, !description.isEmpty { map["desc"] = .string(description) }
        map["cmd"] = commandValue
        if let workingDirectory { map["wdir"] = .string(workingDirectory) }
        map["deps"] = Self.list(dependencies.sortedByScalars().map { .string($0) })
        map["params"] = Self.list(writtenParameters)
        map["outs"] = writtenOutputs(.data)
        map["metrics"] = writtenOutputs(.metric)
        map["plots"] = writtenOutputs(.plot)
        if isFrozen { map["frozen"] = .bool(true) }
        if isAlwaysChanged { map["always_changed"] = .bool(true) }
        if let meta, meta.isTrueInPython { map["meta"] = meta }
        return map
    }

    /// The keys of the default file first, then the other files by name; keys are sorted.
    private var writtenParameters: [Value] {
        var ofDefaultFile: [Value] = []
        var ofFiles: [Value] = []
        for item in parameters.sorted(by: { String.scalarsPrecede($0.file, $1.file) }) {
            let keys = (item.keys ?? []).sortedByScalars().map { Value.string($0) }
            if item.file == ParameterDependency.defaultFile, !keys.isEmpty {
                ofDefaultFile = keys + ofDefaultFile
            } else {
                ofFiles.append(.map([Value.Key(item.file): keys.isEmpty ? .null : .list(keys)]))
            }
        }
        return ofDefaultFile + ofFiles
    }

    private func writtenOutputs(_ kind: OutputDefinition.Kind) -> Value? {
        let chosen = outputs.filter { $0.kind == kind }.sorted { String.scalarsPrecede($0.path, $1.path) }
        return Self.list(chosen.map(\.written))
    }

    private static func list(_ elements: [Value]) -> Value? { elements.isEmpty ? nil : .list(elements) }
}

extension OutputDefinition {
    /// The path alone, or with the properties that differ from the usual.
    fileprivate var written: Value {
        var map: Value.Map = [:]
        if let description, !description.isEmpty { map["desc"] = .string(description) }
        if let type, !type.isEmpty { map["type"] = .string(type) }
        if !labels.isEmpty { map["labels"] = .list(labels.map { .string($0) }) }
        if let meta, meta.isTrueInPython { map["meta"] = meta }
        if !usesCache { map["cache"] = .bool(false) }
        if isPersistent { map["persist"] = .bool(true) }
        for name in Self.plotPropertyNames { if let value = plotProperties[name] { map[name] = value } }
        if let remote, !remote.isEmpty { map["remote"] = .string(remote) }
        if !isPushed { map["push"] = .bool(false) }
        return map.isEmpty ? .string(path) : .map([Value.Key(path): .map(map)])
    }

    /// In DVC's order.
    private static let plotPropertyNames: [Value.Key] = [
        "template", "x", "y", "x_label", "y_label", "title", "header",
    ]
}

extension Value {
    /// Whether Python's `bool()` gives true.
    fileprivate var isTrueInPython: Bool {
        switch self {
        case .null, .bool(false), .int(0), .float(0), .string(""), .list([]): false
        case .map(let map): !map.isEmpty
        default: true
        }
    }
}
