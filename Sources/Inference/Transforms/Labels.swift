import OrderedCollections
import Values

/// The names of classes, in the order of the model's scores.
package struct Labels: Sendable, Hashable {
    package let names: [String]
    /// Each name as JSON text, quoted.
    let json: [[UInt8]]

    package init(_ names: [String]) {
        self.names = names
        json = names.map { Array(Value.string($0).json(ensureASCII: false).utf8) }
    }

    /// Reads a file of labels: a JSON list, a JSON object of indices to labels or of labels to indices, or lines of text.
    package init(parsing bytes: [UInt8], path: String) throws(TransformFault) {
        let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        let names: [String]?
        if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
            names = Self.names(try Self.value(json: bytes, path))
        } else {
            names = Self.lines(String(decoding: bytes, as: UTF8.self))
        }
        guard let names, !names.isEmpty else {
            throw TransformFault(
                line: nil,
                message: "'\(path)' has no labels",
                hint: "it may be a JSON list, a JSON object such as {\"0\": \"cat\"}, or a label on each line"
            )
        }
        if let name = Self.repeated(names) {
            throw TransformFault(line: nil, message: "'\(path)' has the label '\(name)' twice")
        }
        self.init(names)
    }

    /// The first name that comes again.
    static func repeated(_ names: [String]) -> String? {
        var seen: Set<String> = []
        return names.first { !seen.insert($0).inserted }
    }

    private static func value(json: [UInt8], _ path: String) throws(TransformFault) -> Value {
        do {
            return try Value(json: json)
        } catch {
            throw TransformFault(line: nil, message: "'\(path)' is not JSON: \(error)")
        }
    }

    private static func lines(_ text: String) -> [String] {
        text.split(omittingEmptySubsequences: true) { $0.isNewline }.map(String.init)
    }

    private static func names(_ value: Value) -> [String]? {
        switch value {
        case .list(let items):
            let names = items.compactMap(name)
            return names.count == items.count ? names : nil
        case .map(let map):
            let byIndex = map.map { (Int($0.key.text), name($0.value)) }
            let byName = map.map { ($0.value.int, Optional($0.key.text)) }
            return ordered(byIndex) ?? ordered(byName)
        default: return nil
        }
    }

    private static func name(_ value: Value) -> String? {
        switch value {
        case .string(let text): text
        case .int(let number): String(number)
        default: nil
        }
    }

    /// The names by their indices, which must be all from 0.
    private static func ordered(_ pairs: [(Int?, String?)]) -> [String]? {
        var names = [String?](repeating: nil, count: pairs.count)
        for case (let index?, let name?) in pairs where names.indices.contains(index) { names[index] = name }
        let known = names.compactMap { $0 }
        return known.count == pairs.count ? known : nil
    }
}
