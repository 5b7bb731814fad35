import OrderedCollections
import Values

/// Reads a literal expression: what `ast.literal_eval` takes and a ``Value`` can hold.
///
/// Tuples and sets become lists.
struct PythonLiteral {
    private let tokens: ArraySlice<PythonToken>
    private var index: Int

    /// The value of a whole expression; nil for any other expression.
    static func value(of tokens: ArraySlice<PythonToken>) -> Value? {
        var reader = PythonLiteral(tokens: tokens, index: tokens.startIndex)
        guard let value = reader.tupleOrValue(closing: nil), reader.index == tokens.endIndex else { return nil }
        return value
    }

    private init(tokens: ArraySlice<PythonToken>, index: Int) {
        self.tokens = tokens
        self.index = index
    }

    private var peek: PythonToken? {
        index < tokens.endIndex ? tokens[index] : nil
    }

    private mutating func skip(_ operation: String) -> Bool {
        guard let token = peek, token.isOperation(operation) else { return false }
        index += 1
        return true
    }

    /// One value, or several separated by commas, up to `closing` or the end.
    private mutating func tupleOrValue(closing: String?) -> Value? {
        guard let first = value() else { return nil }
        guard skip(",") else { return first }
        guard let rest = elements(closing: closing) else { return nil }
        return .list([first] + rest)
    }

    /// Values separated by commas up to `closing`, which is not taken.
    private mutating func elements(closing: String?) -> [Value]? {
        var result: [Value] = []
        while let token = peek {
            if let closing, token.isOperation(closing) { return result }
            guard let next = value() else { return nil }
            result.append(next)
            guard skip(",") else { break }
        }
        return result
    }

    private mutating func value() -> Value? {
        guard let token = peek else { return nil }
        index += 1
        switch token.kind {
        case .name: return constant(token.text)
        case .number: return PythonNumberLiteral.value(token.text)
        case .string(let text): return string(text)
        case .operation:
            switch token.text {
            case "+", "-": return signed(isNegative: token.text == "-")
            case "(": return parenthesized()
            case "[":
                guard let list = elements(closing: "]"), skip("]") else { return nil }
                return .list(list)
            case "{": return braces()
            default: return nil
            }
        case .newline, .indent, .dedent: return nil
        }
    }

    private mutating func constant(_ name: String) -> Value? {
        switch name {
        case "None": .null
        case "True": .bool(true)
        case "False": .bool(false)
        case "set": skip("(") && skip(")") ? .list([]) : nil
        default: nil
        }
    }

    private mutating func string(_ first: String?) -> Value? {
        var parts = [first]
        while case .string(let next) = peek?.kind {
            parts.append(next)
            index += 1
        }
        let texts = parts.compactMap { $0 }
        return texts.count == parts.count ? .string(texts.joined()) : nil
    }

    /// A sign stands before a number only, and only once.
    private mutating func signed(isNegative: Bool) -> Value? {
        var parentheses = 0
        while skip("(") {
            parentheses += 1
        }
        guard let token = peek, token.kind == .number else { return nil }
        index += 1
        for _ in 0..<parentheses {
            guard skip(")") else { return nil }
        }
        switch PythonNumberLiteral.value(token.text) {
        case .int(let number): return .int(isNegative ? -number : number)
        case .float(let number): return .float(isNegative ? -number : number)
        case .bigInt("9223372036854775808") where isNegative: return .int(.min)
        case .bigInt(let digits): return .bigInt(isNegative ? "-" + digits : digits)
        default: return nil
        }
    }

    private mutating func parenthesized() -> Value? {
        if skip(")") { return .list([]) }
        guard let value = tupleOrValue(closing: ")"), skip(")") else { return nil }
        return value
    }

    private mutating func braces() -> Value? {
        if skip("}") { return .map([:]) }
        guard let first = value() else { return nil }
        guard skip(":") else { return set(first) }
        var map: Value.Map = [:]
        guard let key = Self.key(first), let element = value() else { return nil }
        map[key] = element
        while skip(",") {
            if peek?.isOperation("}") == true { break }
            guard let next = value(), let key = Self.key(next), skip(":"), let element = value() else { return nil }
            map[key] = element
        }
        return skip("}") ? .map(map) : nil
    }

    private mutating func set(_ first: Value) -> Value? {
        var members = [first]
        if skip(",") {
            guard let rest = elements(closing: "}") else { return nil }
            members += rest
        }
        guard skip("}") else { return nil }
        return .list(OrderedSet(members).elements)
    }

    private static func key(_ value: Value) -> Value.Key? {
        switch value {
        case .string(let text): Value.Key(text)
        case .null: Value.Key("", isString: false)
        case .bool(let flag): Value.Key(flag ? "true" : "false", isString: false)
        case .int, .bigInt, .float: Value.Key(value.pythonText, isString: false)
        case .date, .list, .map: nil
        }
    }
}
