import Basics
import Values
import YAML

/// Takes the fields of a mapping one by one and collects what is wrong with them.
struct FieldReader {
    private(set) var faults: [TransformFault] = []
    private let subject: String
    private let node: YAMLNode
    private var known: [String] = []

    /// Reads `node`; `subject` is its name in messages.
    init(_ node: YAMLNode, subject: String) {
        self.node = node
        self.subject = subject
        if !isMapping { complain(node, "'\(subject)' must be a mapping") }
    }

    var isMapping: Bool {
        if case .mapping = node.kind { true } else { false }
    }

    mutating func complain(_ place: YAMLNode?, _ message: String, hint: String? = nil) {
        faults.append(TransformFault(line: (place ?? node).line, message: message, hint: hint))
    }

    /// The field, and from now on its key is known; nil also for an explicit null.
    mutating func field(_ key: String) -> YAMLNode? {
        known.append(key)
        guard let field = node[Value.Key(key)] else { return nil }
        if case .scalar(.null, _) = field.kind { return nil }
        return field
    }

    mutating func flag(_ key: String) -> Bool? {
        guard let field = field(key) else { return nil }
        if let flag = field.value.bool { return flag }
        complain(field, "'\(subject).\(key)' must be true or false")
        return nil
    }

    mutating func text(_ key: String) -> String? {
        guard let field = field(key) else { return nil }
        if let text = field.value.string, !text.isEmpty { return text }
        complain(field, "'\(subject).\(key)' must be a string")
        return nil
    }

    mutating func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let field = field(key) else { return nil }
        if let number = field.value.int, range.contains(number) { return number }
        complain(field, "'\(subject).\(key)' must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    /// One of the words of a type.
    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String,
        _ type: Choice.Type
    ) -> Choice? {
        guard let field = field(key) else { return nil }
        let words = type.allCases.map(\.rawValue)
        if let choice = Choice(rawValue: field.value.string ?? "") { return choice }
        complain(field, "'\(subject).\(key)' must be one of \(words.joined(separator: ", "))")
        return nil
    }

    /// A finite number, also as a fraction such as `1/255`.
    mutating func number(_ key: String) -> Double? {
        guard let field = field(key) else { return nil }
        if let number = Self.number(field.value) { return number }
        complain(field, "'\(subject).\(key)' must be a number or a fraction such as 1/255")
        return nil
    }

    /// One number or a list of `counts` numbers.
    mutating func numbers(_ key: String, count: Int) -> [Double]? {
        guard let field = field(key) else { return nil }
        let values = field.value.list ?? [field.value]
        let numbers = values.compactMap(Self.number)
        if numbers.count == values.count, numbers.count == 1 || numbers.count == count { return numbers }
        let wanted = count == 1 ? "one number" : "one number, or \(count) for the channels of the mode"
        complain(field, "'\(subject).\(key)' must be \(wanted)")
        return nil
    }

    static func number(_ value: Value) -> Double? {
        switch value {
        case .int(let number): return Double(number)
        case .float(let number): return number.isFinite ? number : nil
        case .string(let text):
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, let top = Double(trimmed(parts[0])), let bottom = Double(trimmed(parts[1])) else {
                return nil
            }
            return (top / bottom).isFinite ? top / bottom : nil
        default: return nil
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    /// Complains about keys that nobody asked for; gives all faults.
    func finish() -> [TransformFault] {
        guard case .mapping(let entries, _) = node.kind else { return faults }
        var faults = faults
        for entry in entries where entry.key.value != .string("<<") {
            let key = entry.key.value.string ?? entry.key.value.pythonText
            guard !known.contains(key) || entry.key.value.string == nil else { continue }
            faults.append(
                TransformFault(
                    line: entry.key.line,
                    message: "unknown key '\(key)' in '\(subject)'",
                    hint: Spelling.question(key, among: known) ?? "known keys are \(known.joined(separator: ", "))"
                )
            )
        }
        return faults
    }
}
