import OrderedCollections
import Values
import YAML

/// Reads the parts of a stage whose variables have been put in.
struct StageReader {
    let map: Value.Map
    let source: StageDefinition.Source
    let options: TemplateOptions

    func text(_ key: Value.Key) -> String? {
        map[key].flatMap(optionalText)
    }

    private func optionalText(_ value: Value) -> String? {
        value == .null ? nil : text(value)
    }

    func text(_ value: Value) -> String {
        switch value {
        case .bool(let flag): flag ? "true" : "false"
        default: value.pythonText
        }
    }

    /// The commands; a mapping in place of one stands for flags.
    func commands() throws(PipelineDiagnostic) -> [String] {
        let flags = CommandFlags(options: options)
        let values = map["cmd"]?.list ?? map["cmd"].map { [$0] } ?? []
        var result: [String] = []
        for value in values {
            guard let inner = value.map else {
                result.append(text(value))
                continue
            }
            do {
                result.append(try flags.text(of: inner))
            } catch {
                throw fault("cmd", error.message)
            }
        }
        return result
    }

    /// The parameters by file, in the order in which the files appear.
    func parameters() throws(PipelineDiagnostic) -> [ParameterDependency] {
        let items = map["params"]?.list ?? []
        let whole = Set(items.flatMap { $0.map?.filter { StageReader.isWhole($0.value) }.map(\.key.text) ?? [] })
        var files: OrderedDictionary<String, [String]> = [:]
        for (index, item) in items.enumerated() {
            guard let entries = item.map else {
                if !whole.contains(ParameterDependency.defaultFile) {
                    files[ParameterDependency.defaultFile, default: []].append(text(item))
                }
                continue
            }
            for (file, keys) in entries {
                guard !whole.contains(file.text) else {
                    files[file.text] = []
                    continue
                }
                guard let list = keys.list else {
                    throw fault(
                        "params",
                        at: [.index(index), .key(file)],
                        "Expected list of params for custom params file '\(file)', got '\(keys.pythonType)'."
                    )
                }
                files[file.text, default: []] += list.map(text)
            }
        }
        return files.map { ParameterDependency(file: $0.key, keys: $0.value.isEmpty ? nil : $0.value) }
    }

    /// The outputs of one section; entries of the same path are merged.
    func outputs(_ section: Value.Key, _ kind: OutputDefinition.Kind) throws(PipelineDiagnostic) -> [OutputDefinition] {
        var merged: OrderedDictionary<String, Value.Map> = [:]
        for (index, item) in (map[section]?.list ?? []).enumerated() {
            guard let entries = item.map else {
                merged[text(item), default: [:]].merge([:]) { _, new in new }
                continue
            }
            for (path, properties) in entries {
                guard let properties = StageReader.properties(properties, kind) else {
                    throw fault(
                        section,
                        at: [.index(index), .key(path)],
                        "Expected dict for '\(path)', got: '\(properties.pythonType)'"
                    )
                }
                merged[path.text, default: [:]].merge(properties) { _, new in new }
            }
        }
        return merged.map { output($0.key, $0.value, kind) }
    }

    /// The properties of an output; a plot may have a list of them, of which the later ones win.
    private static func properties(_ value: Value, _ kind: OutputDefinition.Kind) -> Value.Map? {
        guard kind == .plot, let list = value.list else { return value.map }
        return list.compactMap(\.map).reduce(into: [:]) { $0.merge($1) { _, new in new } }
    }

    private func output(_ path: String, _ properties: Value.Map, _ kind: OutputDefinition.Kind) -> OutputDefinition {
        var output = OutputDefinition(path: path, kind: kind)
        output.usesCache = properties["cache"]?.bool ?? true
        output.isPersistent = properties["persist"]?.bool ?? false
        output.isPushed = properties["push"]?.bool ?? true
        output.remote = properties["remote"].flatMap(optionalText)
        output.description = properties["desc"].flatMap(optionalText)
        output.type = properties["type"].flatMap(optionalText)
        output.labels = properties["labels"]?.list?.map(text) ?? []
        output.meta = properties["meta"]
        if kind == .plot {
            let names: Set<Value.Key> = ["template", "x", "y", "x_label", "y_label", "title", "header"]
            output.plotProperties = properties.filter { names.contains($0.key) }
        }
        return output
    }

    private static func isWhole(_ keys: Value) -> Bool {
        switch keys {
        case .null, .bool(false), .string(""), .list([]), .int(0): true
        case .map(let map): map.isEmpty
        default: false
        }
    }

    private func fault(_ key: Value.Key, at path: [YAMLStep] = [], _ message: String) -> PipelineDiagnostic {
        PipelineDiagnostic(
            path: source.keysPath + [.key(key)] + path,
            subject: "'stages.\(source.name).\(key)'",
            message: message
        )
    }
}
