import OrderedCollections
import Values

extension Value.Key {
    /// The key as part of a path: as Python's `str()` gives it.
    var pathText: String {
        guard !isString else { return text }
        switch text {
        case "": return "None"
        case "true": return "True"
        case "false": return "False"
        default: return text
        }
    }
}

extension Value.Map {
    /// The leaves by their keys joined with dots; empty mappings vanish, lists become their text.
    var flattened: OrderedDictionary<String, Value> {
        var leaves: OrderedDictionary<String, Value> = [:]
        var open: [(prefix: String?, rest: ArraySlice<Element>)] = [(nil, Array(self)[...])]
        while var level = open.popLast() {
            guard let (key, value) = level.rest.popFirst() else { continue }
            open.append(level)
            let path = level.prefix.map { $0 + "." + key.pathText } ?? key.pathText
            if case .map(let inner) = value {
                open.append((path, Array(inner)[...]))
            } else {
                leaves[path] = value.withTextForList
            }
        }
        return leaves
    }
}

extension Value {
    /// The value, but a list as the text that Python's `str()` gives.
    var withTextForList: Value {
        if case .list = self { .string(pythonText) } else { self }
    }
}
