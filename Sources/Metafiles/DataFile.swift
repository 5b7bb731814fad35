import OrderedCollections
package import Values
package import YAML

/// A `.dvc` file: outputs put under version control by hand, or imported.
package struct DataFile: Sendable {
    package var fields: Value.Map
    package var dependencies: [Entry]
    package var outputs: [Entry]
    /// The text the file was read from; nil for a new one.
    package let document: YAMLDocument?

    /// A new file with one output.
    package init(output: Entry) {
        fields = [:]
        dependencies = []
        outputs = [output]
        document = nil
    }

    /// Reads the bytes of a `.dvc` file; `name` is for messages.
    package init(parsing bytes: [UInt8], name: String) throws(DiagnosticList) {
        let document: YAMLDocument
        do {
            document = try YAMLDocument(parsing: bytes)
        } catch {
            throw DiagnosticList([Diagnostic(file: name, line: error.line, message: error.message)])
        }
        let value: Value = document.root == nil ? .map([:]) : document.value
        let faults = MetafileSchema.dataFile.faults(in: value)
        if !faults.isEmpty {
            throw DiagnosticList(faults.map { $0.diagnostic(in: document, file: name) })
        }
        fields = value.map ?? [:]
        dependencies = Self.entries(fields["deps"])
        outputs = Self.entries(fields["outs"])
        self.document = document
    }

    /// Relative to the file's directory; "." unless stated.
    package var workingDirectory: String { fields["wdir"]?.string ?? "." }
    package var isFrozen: Bool { fields["frozen"]?.bool ?? false }
    package var isAlwaysChanged: Bool { fields["always_changed"]?.bool ?? false }
    /// The command of a stage in the manner of DVC 1; nil for data.
    package var command: Value? { fields["cmd"] }
    /// Whether the data comes from somewhere else: one dependency, one output, no command.
    package var isImport: Bool { command == nil && dependencies.count == 1 && outputs.count == 1 }

    /// Sets or removes a top-level key.
    package subscript(key: Value.Key) -> Value? {
        get { fields[key] }
        set { fields[key] = newValue }
    }

    /// The whole content in the key order of a new file.
    package var value: Value {
        var result: Value.Map = [:]
        for key: Value.Key in ["desc", "md5", "cmd", "wdir", "frozen"] { result[key] = fields[key] }
        if !dependencies.isEmpty { result["deps"] = .list(dependencies.map { .map($0.dataFileFields) }) }
        if !outputs.isEmpty { result["outs"] = .list(outputs.map { .map($0.dataFileFields) }) }
        for key: Value.Key in ["always_changed", "meta"] { result[key] = fields[key] }
        return .map(result)
    }

    /// The bytes to write: only changed lines differ from the file that was read.
    package var bytes: [UInt8] {
        guard let document, document.root != nil else { return YAMLEmitter.emit(value) }
        let target = document.value.updated(to: value)
        if target == document.value { return document.source }
        var editor = YAMLEditor(document)
        editor.set(target, at: [])
        return editor.text
    }

    private static func entries(_ value: Value?) -> [Entry] {
        (value?.list ?? []).map { Entry(fields: $0.map ?? [:]) }
    }
}
