import OrderedCollections
package import Values
import YAML

/// Reads files of parameters and metrics.
package enum ParameterFile {
    /// The languages such files are written in.
    package enum Format: Sendable, Hashable {
        case yaml, json, toml, python

        /// The format that the suffix of `name` stands for; all unknown ones are YAML.
        package init(name: String) {
            let file = name.split(separator: "/").last ?? ""
            guard let dot = file.lastIndex(of: "."), dot != file.startIndex else {
                self = .yaml
                return
            }
            switch file[dot...].lowercased() {
            case ".json": self = .json
            case ".toml": self = .toml
            case ".py": self = .python
            default: self = .yaml
            }
        }
    }

    /// Reads `bytes` in the format that the suffix of `name` stands for.
    ///
    /// An empty file, and what Python holds for false in place of a YAML or JSON document, is an empty mapping.
    package static func load(bytes: [UInt8], name: String) throws(ParameterFileError) -> Value {
        switch Format(name: name) {
        case .yaml: try loadYAML(bytes, name: name)
        case .json: try loadJSON(bytes, name: name)
        case .toml: try read(name) { () throws(SyntaxFault) in try TOMLReader.read(bytes) }
        case .python: try read(name) { () throws(SyntaxFault) in try PythonReader.read(bytes) }
        }
    }

    private static func loadYAML(_ bytes: [UInt8], name: String) throws(ParameterFileError) -> Value {
        do {
            return mappingIfFalse(try YAMLDocument(parsing: bytes).value)
        } catch {
            throw ParameterFileError(name: name, line: error.line, message: error.message)
        }
    }

    private static func loadJSON(_ bytes: [UInt8], name: String) throws(ParameterFileError) -> Value {
        do {
            return mappingIfFalse(try Value(json: bytes))
        } catch {
            throw ParameterFileError(name: name, line: error.line, message: error.message)
        }
    }

    private static func read(
        _ name: String,
        _ body: () throws(SyntaxFault) -> Value
    ) throws(ParameterFileError) -> Value {
        do {
            return try body()
        } catch {
            throw ParameterFileError(name: name, line: error.line, message: error.message)
        }
    }

    private static func mappingIfFalse(_ value: Value) -> Value {
        switch value {
        case .null, .bool(false), .int(0), .float(0), .string(""), .list([]): .map([:])
        default: value
        }
    }
}
