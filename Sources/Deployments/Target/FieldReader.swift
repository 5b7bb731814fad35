import Values
import YAML

/// Reads fields of mappings and collects what is wrong with them.
struct FieldReader {
    var faults: [TargetFault] = []

    mutating func complain(_ node: YAMLNode, _ message: String, hint: String? = nil) {
        faults.append(TargetFault(line: node.line, message: message, hint: hint))
    }

    /// Whether the node is a mapping; keys that are not known are complained of.
    mutating func check(_ node: YAMLNode, _ subject: String, _ known: [String]) -> Bool {
        guard case .mapping(let entries, _) = node.kind else {
            complain(node, "'\(subject)' must be a mapping")
            return false
        }
        for entry in entries {
            guard let key = Self.text(entry.key), !known.contains(key), key != "<<" else { continue }
            complain(entry.key, "'\(subject)' has no key '\(key)'", hint: "it has: \(known.joined(separator: ", "))")
        }
        return true
    }

    /// The text of a scalar as Kubernetes would have it in a string.
    static func text(_ node: YAMLNode) -> String? {
        switch node.value {
        case .string(let text), .date(let text): text
        case .int(let number): "\(number)"
        case .float, .bool: node.value.json()
        default: nil
        }
    }

    /// A text that fulfils `isFit`; `what` completes "must be".
    mutating func text(_ node: YAMLNode?, _ name: String, _ what: String, _ isFit: (String) -> Bool) -> String? {
        guard let node else { return nil }
        if let text = Self.text(node), isFit(text) { return text }
        complain(node, "'\(name)' must be \(what)")
        return nil
    }

    mutating func integer(_ node: YAMLNode?, _ name: String, _ range: ClosedRange<Int>) -> Int? {
        guard let node else { return nil }
        if let number = node.value.int, range.contains(number) { return number }
        complain(node, "'\(name)' must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    mutating func flag(_ node: YAMLNode?, _ name: String) -> Bool? {
        guard let node else { return nil }
        if let flag = node.value.bool { return flag }
        complain(node, "'\(name)' must be true or false")
        return nil
    }

    /// Whole seconds: a number, or a text such as `30s` or `5m`.
    mutating func seconds(_ node: YAMLNode?, _ name: String, _ range: ClosedRange<Int>) -> Int? {
        guard let node else { return nil }
        var number = node.value.int
        if let text = node.value.string {
            let unit = ["s": 1, "m": 60, "h": 3600][text.suffix(1)]
            if let unit, let count = Int(text.dropLast()), (0...100_000).contains(count) { number = count * unit }
        }
        if let number, range.contains(number) { return number }
        complain(node, "'\(name)' must be a time such as 30s or 5m, up to \(range.upperBound)s")
        return nil
    }

    /// A text or a list of texts that fulfil `isFit`.
    mutating func texts(_ node: YAMLNode?, _ name: String, _ what: String, _ isFit: (String) -> Bool) -> [String]? {
        guard let node else { return nil }
        guard case .sequence(let items, _) = node.kind else {
            return text(node, name, what + ", or a list of such", isFit).map { [$0] }
        }
        return items.compactMap { text($0, name, "a list; each one " + what, isFit) }
    }

    /// A mapping of texts; `isKey` and `isValue` say what fits.
    mutating func pairs(
        _ node: YAMLNode?,
        _ name: String,
        _ isKey: (String) -> Bool = Names.isQualified,
        _ isValue: (String) -> Bool = { _ in true }
    ) -> [String: String]? {
        guard let node else { return nil }
        guard case .mapping(let entries, _) = node.kind else {
            complain(node, "'\(name)' must be a mapping")
            return nil
        }
        var pairs: [String: String] = [:]
        for entry in entries {
            guard let key = Self.text(entry.key), isKey(key) else {
                complain(entry.key, "'\(name)' has a key that Kubernetes does not take")
                continue
            }
            guard let value = Self.text(entry.value), isValue(value) else {
                complain(entry.value, "'\(name).\(key)' has a value that Kubernetes does not take")
                continue
            }
            pairs[key] = value
        }
        return pairs
    }
}
