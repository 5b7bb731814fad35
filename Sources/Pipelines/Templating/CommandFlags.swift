import OrderedCollections
import Values

/// Writes a mapping as flags of a command, such as `--lr 0.1 --layers 1 2`.
struct CommandFlags {
    let options: TemplateOptions

    func text(of map: Value.Map) throws(TemplateError) -> String {
        var words: [String] = []
        try collect(map, prefix: "", into: &words)
        return words.joined(separator: " ")
    }

    /// Nested mappings give keys joined by dots; empty ones give nothing.
    private func collect(_ map: Value.Map, prefix: String, into words: inout [String]) throws(TemplateError) {
        for (key, value) in map {
            let name = prefix + key.text
            switch value {
            case .map(let inner): try collect(inner, prefix: name + ".", into: &words)
            case .bool(true): words.append("--\(name)")
            case .bool(false):
                if options.booleans == .optional {
                    words.append("--no-\(name)")
                }
            case .list(let elements): try collect(elements, name: name, into: &words)
            default: words += ["--\(name)", CommandFlags.argument(value)]
            }
        }
    }

    private func collect(_ elements: [Value], name: String, into words: inout [String]) throws(TemplateError) {
        for (index, element) in elements.enumerated() {
            guard element.list == nil, element.map == nil else {
                throw TemplateError(kind: .expression, message: "Cannot interpolate nested iterable in '\(name)'")
            }
            if index == 0 || options.lists == .repeated {
                words.append("--\(name)")
            }
            words.append(CommandFlags.argument(element))
        }
    }

    private static func argument(_ value: Value) -> String {
        value.string.map(quoted) ?? value.pythonText
    }

    /// Quotes for a POSIX shell, where that is needed.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "_@%+=:,./-".utf8.contains(byte)
            }
        }
        guard text.isEmpty || !isPlain else { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'"'"'"#) + "'"
    }
}
