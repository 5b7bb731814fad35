package import OrderedCollections
package import Values

/// What differs between two revisions of parameters or metrics files.
///
/// Files and keys are in the order of their code points, where DVC's order is random.
package struct FilesDiff: Sendable, Hashable {
    /// The changes of each file that has one, by the keys joined with dots.
    package let changes: OrderedDictionary<String, OrderedDictionary<String, ValueChange>>

    /// Compares the files of two revisions; a file that is missing or could not be read counts as empty.
    package init(old: TrackedFiles, new: TrackedFiles, keepsUnchanged: Bool) {
        var changes: OrderedDictionary<String, OrderedDictionary<String, ValueChange>> = [:]
        let paths = OrderedSet(old.contents.keys).union(new.contents.keys)
        for path in paths.sorted(by: { $0.precedes($1) }) {
            let difference = Self.compare(
                old[path] ?? .map([:]),
                new[path] ?? .map([:]),
                keepsUnchanged: keepsUnchanged
            )
            if !difference.isEmpty { changes[path] = difference }
        }
        self.changes = changes
    }

    /// The changes as in DVC's JSON: file, key, then `old`, `new` and `diff`.
    package var json: Value {
        .map(
            Self.map(changes) { file in .map(Self.map(file) { $0.json }) }
        )
    }

    private static func map<Element>(
        _ elements: OrderedDictionary<String, Element>,
        _ value: (Element) -> Value
    ) -> Value.Map {
        Value.Map(uniqueKeysWithValues: elements.map { (Value.Key($0.key), value($0.value)) })
    }

    private static func compare(
        _ old: Value,
        _ new: Value,
        keepsUnchanged: Bool
    ) -> OrderedDictionary<String, ValueChange> {
        let (old, new) = (old.comparable, new.comparable)
        if old.map == nil, new.map == nil {
            return ValueChange(old: old, new: new, keepsUnchanged: keepsUnchanged).map { ["": $0] } ?? [:]
        }
        let (olds, news) = (Leaves(old), Leaves(new))
        var changes: OrderedDictionary<String, ValueChange> = [:]
        for key in olds.values.keys.union(news.values.keys).sorted(by: { $0.precedes($1) }) {
            changes[key] = ValueChange(old: olds[key], new: news[key], keepsUnchanged: keepsUnchanged)
        }
        return changes
    }
}

/// The leaves of a file, with what stands for a key that it lacks.
private struct Leaves {
    let values: OrderedDictionary<String, Value>
    let other: Value

    init(_ value: Value) {
        values = value.map?.flattened ?? [:]
        other = value.isTrueInPython && value.map == nil ? .string("unable to parse") : .null
    }

    subscript(key: String) -> Value { values[key] ?? other }
}

extension Value {
    /// A file's value as DVC compares it: a text, and a list as its text, is read as JSON if it can be.
    fileprivate var comparable: Value {
        switch self {
        case .list, .string: (try? Value(json: Array(pythonText.utf8))) ?? .string(pythonText)
        default: self
        }
    }

    fileprivate var isTrueInPython: Bool {
        switch self {
        case .null: false
        case .bool(let flag): flag
        case .int(let number): number != 0
        case .float(let number): number != 0
        case .bigInt, .date: true
        case .string(let text): !text.isEmpty
        case .list(let elements): !elements.isEmpty
        case .map(let map): !map.isEmpty
        }
    }
}
