import Basics
import OrderedCollections
import Values
import YAML

/// A shape that a value of `dvc.yaml` must have.
indirect enum SchemaShape: Sendable {
    case any
    case null
    case string
    case boolean
    case anyList
    case anyMapping
    case list(SchemaShape)
    /// Strings as keys, all values of one shape.
    case dictionary(SchemaShape)
    /// Named keys; others are errors.
    case mapping([String: SchemaShape], required: [String] = [])
    /// The shape that fits; `expected` names all of them.
    case oneOf([SchemaShape], expected: String)
    /// The second shape if the mapping has one of the keys, else the first.
    case choice(SchemaShape, SchemaShape, ifAnyOf: [String])

    /// What does not fit; nothing for a value that does, which is found out without noting where each value is.
    func faults(in value: Value, at path: [YAMLStep]) -> [PipelineDiagnostic] {
        fits(value) ? [] : allFaults(in: value, at: path)
    }

    private func fits(_ value: Value) -> Bool {
        switch (self, value) {
        case (.any, _), (.null, .null), (.string, .string), (.boolean, .bool), (.anyList, .list), (.anyMapping, .map):
            true
        case (.list(let shape), .list(let elements)): elements.allSatisfy(shape.fits)
        case (.dictionary(let shape), .map(let map)): map.allSatisfy { $0.isString && shape.fits($1) }
        case (.mapping(let shapes, let required), .map(let map)):
            required.allSatisfy { map[Value.Key($0)] != nil }
                && map.allSatisfy { $0.isString && shapes[$0.text]?.fits($1) ?? false }
        case (.oneOf(let shapes, _), _): shapes.contains { $0.fits(value) }
        case (.choice(let first, let second, let keys), _):
            (keys.contains { value[Value.Key($0)] != nil } ? second : first).fits(value)
        default: false
        }
    }

    private func allFaults(in value: Value, at path: [YAMLStep]) -> [PipelineDiagnostic] {
        switch (self, value) {
        case (.any, _), (.null, .null), (.string, .string), (.boolean, .bool), (.anyList, .list), (.anyMapping, .map):
            return []
        case (.list(let shape), .list(let elements)):
            return elements.enumerated().flatMap { shape.faults(in: $1, at: path + [.index($0)]) }
        case (.dictionary(let shape), .map(let map)):
            return map.flatMap { key, element in
                key.isString
                    ? shape.faults(in: element, at: path + [.key(key)])
                    : [PipelineDiagnostic(path: path + [.key(key)], message: "key '\(key)' must be a string")]
            }
        case (.mapping(let shapes, let required), .map(let map)):
            return SchemaShape.faults(in: map, shapes: shapes, required: required, at: path)
        case (.oneOf(let shapes, let expected), _):
            return SchemaShape.faults(in: value, options: shapes, expected: expected, at: path)
        case (.choice(let first, let second, let keys), _):
            let isSecond = keys.contains { value[Value.Key($0)] != nil }
            return (isSecond ? second : first).faults(in: value, at: path)
        default:
            return [PipelineDiagnostic(path: path, message: "expected \(expectation), found \(value.kindName)")]
        }
    }

    /// What the shape asks for, in words.
    private var expectation: String {
        switch self {
        case .any: "a value"
        case .null: "nothing"
        case .string: "a string"
        case .boolean: "true or false"
        case .list, .anyList: "a list"
        case .dictionary, .mapping, .anyMapping: "a mapping"
        case .oneOf(_, let expected): expected
        case .choice(let first, _, _): first.expectation
        }
    }

    private static func faults(
        in map: Value.Map,
        shapes: [String: SchemaShape],
        required: [String],
        at path: [YAMLStep]
    ) -> [PipelineDiagnostic] {
        var faults = required.filter { map[Value.Key($0)] == nil }.map {
            PipelineDiagnostic(path: path, message: "required key '\($0)' is missing")
        }
        for (key, value) in map {
            if key.isString, let shape = shapes[key.text] {
                faults += shape.faults(in: value, at: path + [.key(key)])
            } else {
                faults.append(unknown(key, among: shapes.keys.sorted(), at: path))
            }
        }
        return faults
    }

    /// Complains with the faults of the option of the right kind, if there is one.
    private static func faults(
        in value: Value,
        options: [SchemaShape],
        expected: String,
        at path: [YAMLStep]
    ) -> [PipelineDiagnostic] {
        let results = options.map { $0.faults(in: value, at: path) }
        if results.contains(where: \.isEmpty) { return [] }
        if let inner = results.first(where: { faults in faults.allSatisfy { $0.path.count > path.count } }) {
            return inner
        }
        return [PipelineDiagnostic(path: path, message: "expected \(expected), found \(value.kindName)")]
    }

    private static func unknown(_ key: Value.Key, among known: [String], at path: [YAMLStep]) -> PipelineDiagnostic {
        PipelineDiagnostic(
            path: path + [.key(key)],
            message: "unknown key '\(key)'",
            hint: Spelling.question(key.text, among: known) ?? "known keys are \(known.joined(separator: ", "))"
        )
    }
}
