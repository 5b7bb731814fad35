import OrderedCollections

extension Value {
    /// The text that Python's `str()` gives: `None`, `True`, `1e-05`, `[1, 'a']`, `{'a': 1}`; a string as it is.
    package var pythonText: String {
        switch self {
        case .string(let text), .date(let text): text
        default: pythonRepr
        }
    }

    /// The text that Python's `repr()` gives: as ``pythonText``, with strings in quotes.
    package var pythonRepr: String {
        switch self {
        case .null: return "None"
        case .bool(let flag): return flag ? "True" : "False"
        case .int(let number): return String(number)
        case .bigInt(let digits): return digits
        case .float(let number): return PythonNumber.repr(number)
        case .string(let text): return PythonString.repr(text)
        case .date(let text): return PythonString.dateRepr(text)
        case .list(let elements): return "[" + elements.map(\.pythonRepr).joined(separator: ", ") + "]"
        case .map(let map):
            return "{" + map.map { "\($0.pythonRepr): \($1.pythonRepr)" }.joined(separator: ", ") + "}"
        }
    }
}

extension Value.Key {
    /// The text that Python's `str()` gives for the key.
    package var pythonText: String {
        if isString { return text }
        return switch text {
        case "true", "True", "TRUE": "True"
        case "false", "False", "FALSE": "False"
        case "", "~", "null", "Null", "NULL": "None"
        default: text
        }
    }

    /// The text that Python's `repr()` gives for the key.
    package var pythonRepr: String { isString ? PythonString.repr(text) : pythonText }
}
