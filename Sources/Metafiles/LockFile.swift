package import OrderedCollections
package import Values
import YAML

/// A `dvc.lock` file: what each stage of a pipeline read and wrote when it last ran.
package struct LockFile: Sendable {
    /// The stages in the order of the file.
    package private(set) var stages: OrderedDictionary<String, LockEntry>
    /// The text of stages as already written out, since a run writes the file after each of many stages.
    private var texts: [String: [UInt8]] = [:]
    /// Keys beside `stages`, such as `schema` and `datasets`.
    package var header: Value.Map

    /// A file with no stages yet.
    package init() {
        stages = [:]
        header = ["schema": .string("2.0")]
    }

    /// Reads the bytes of a lock file; `name` is for messages.
    package init(parsing bytes: [UInt8], name: String) throws(DiagnosticList) {
        let document: YAMLDocument
        do {
            document = try YAMLDocument(parsing: bytes)
        } catch {
            let hint =
                "after a merge, keep one side of each conflict and run 'apus repro', or 'apus install' a merge driver"
            throw DiagnosticList([Diagnostic(file: name, line: error.line, message: error.message, hint: hint)])
        }
        self.init()
        guard document.root != nil else { return }
        let value = document.value
        let faults = MetafileSchema.lockFile.faults(in: value)
        if !faults.isEmpty { throw DiagnosticList(faults.map { $0.diagnostic(in: document, file: name) }) }
        header = value.map ?? [:]
        if header["schema"] != .string("2.0") {
            let fault = Diagnostic(
                file: name,
                line: document.line(of: [.key("schema")]),
                message: "unknown schema '\(header["schema"].map(\.pythonText) ?? "")', expected '2.0'",
                hint: "it was written by another version of DVC; remove it and run 'apus repro'"
            )
            throw DiagnosticList([fault])
        }
        for (key, value) in header["stages"]?.map ?? [:] {
            stages[key.text] = LockEntry(fields: value.map ?? [:])
        }
        header["stages"] = nil
    }

    /// The entry of a stage; setting nil removes it, setting a new one appends it.
    package subscript(stage: String) -> LockEntry? {
        get { stages[stage] }
        set {
            stages[stage] = newValue
            texts[stage] = nil
        }
    }

    /// Adds the entry of a stage before that of another one, or at the end.
    package mutating func insert(_ entry: LockEntry?, of stage: String, before other: String?) {
        self[stage] = nil
        guard let entry else { return }
        let index = other.flatMap { stages.index(forKey: $0) } ?? stages.count
        stages.updateValue(entry, forKey: stage, insertingAt: index)
    }

    /// Writes the file out as DVC does.
    package mutating func encoded() -> [UInt8] {
        var value = header
        value["stages"] = .map([:])
        var bytes = YAMLEmitter.emit(.map(value))
        if stages.isEmpty { return bytes }
        // The stages come last; their mapping is put together from the text of each.
        bytes.removeLast("stages: {}\n".utf8.count)
        bytes += Self.stagesLine
        for (name, entry) in stages {
            let text = texts[name] ?? Self.text(of: name, entry)
            texts[name] = text
            bytes += text
        }
        return bytes
    }

    private static let stagesLine = Array("stages:\n".utf8)

    static func text(of name: String, _ entry: LockEntry) -> [UInt8] {
        let stages = Value.map([Value.Key(name): .map(entry.fields)])
        return Array(YAMLEmitter.emit(.map(["stages": stages])).dropFirst(stagesLine.count))
    }
}

/// One stage in `dvc.lock`, and likewise one entry of the run cache.
package struct LockEntry: Hashable, Sendable {
    package var fields: Value.Map

    package init(fields: Value.Map) {
        self.fields = fields
    }

    /// Composes an entry; outputs and dependencies are sorted by path as DVC does.
    package init(command: Value, dependencies: [Entry], parameters: Value.Map, outputs: [Entry]) {
        fields = ["cmd": command]
        if !dependencies.isEmpty { fields["deps"] = Self.sorted(dependencies) }
        if !parameters.isEmpty { fields["params"] = .map(parameters) }
        if !outputs.isEmpty { fields["outs"] = Self.sorted(outputs) }
    }

    package var command: Value { fields["cmd"] ?? .null }
    package var dependencies: [Entry] { Self.entries(fields["deps"]) }
    package var outputs: [Entry] { Self.entries(fields["outs"]) }
    /// Values by key, by parameter file.
    package var parameters: Value.Map { fields["params"]?.map ?? [:] }

    private static func sorted(_ entries: [Entry]) -> Value {
        .list(entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }.map { .map($0.lockFields) })
    }

    private static func entries(_ value: Value?) -> [Entry] {
        (value?.list ?? []).map { Entry(fields: $0.map ?? [:]) }
    }
}
