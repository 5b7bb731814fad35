import OrderedCollections
import Values
import YAML

/// An object written in YAML, in which `$name` stands for a value.
///
/// A name that has no value takes its entry along, as do collections that it leaves empty; `{}` and `[]` that are
/// written stay.
struct Template {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    func filled(_ values: [String: Value?]) throws -> Value {
        let value = try YAMLDocument(parsing: Array(text.utf8)).value
        return Self.fill(value, values) ?? .null
    }

    private static func fill(_ value: Value, _ values: [String: Value?]) -> Value? {
        switch value {
        case .string(let text):
            if text.first != "$" { return value }
            return values[String(text.dropFirst())] ?? nil
        case .list(let items):
            let filled = items.compactMap { fill($0, values) }
            return filled.isEmpty && !items.isEmpty ? nil : .list(filled)
        case .map(let map):
            var filled = Value.Map()
            for (key, value) in map { filled[key] = fill(value, values) }
            return filled.isEmpty && !map.isEmpty ? nil : .map(filled)
        default: return value
        }
    }
}

extension Value {
    /// The map with keys in their order, nil when there are none.
    static func pairs(_ pairs: [String: String]) -> Value? {
        if pairs.isEmpty { return nil }
        let sorted = pairs.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return .map(Value.Map(uniqueKeysWithValues: sorted.map { (Value.Key($0.key), .string($0.value)) }))
    }

    /// The list, nil when it is empty.
    static func items(_ items: [Value?]) -> Value? {
        let present = items.compactMap(\.self)
        return present.isEmpty ? nil : .list(present)
    }

    static func object(_ entries: KeyValuePairs<String, Value?>) -> Value {
        var map = Value.Map()
        for (key, value) in entries { map[Value.Key(key)] = value }
        return .map(map)
    }
}
