/// Reads single lines of a configuration file, as ConfigObj does.
enum LineParser {
    struct Header: Equatable {
        let depth: Int
        let closingDepth: Int
        let name: String
    }

    struct Value: Equatable {
        let value: ConfigurationValue
        /// The white space and comment behind the value.
        let comment: String
    }

    /// A section header; nil when the line is none.
    static func header(_ line: [Unicode.Scalar]) -> Header? {
        var index = skipSpace(line, from: 0)
        var depth = 0
        while index < line.count, line[index] == "[" {
            depth += 1
            index = skipSpace(line, from: index + 1)
        }
        guard depth > 0, index < line.count else { return nil }
        let start = index
        let quote = line[start] == "\"" || line[start] == "'" ? line[start] : nil
        index += 1
        while index < line.count {
            if quote == nil || (line[index - 1] == quote && index - 1 > start) {
                let (closing, next) = closingBrackets(line, from: index)
                if let closing {
                    return Header(depth: depth, closingDepth: closing, name: unquote(line[start..<index]))
                }
                index = max(next, index + 1)
            } else {
                index += 1
            }
        }
        return nil
    }

    /// Splits `key = value`; nil when the line is none. The value may still be quoted and commented.
    static func assignment(_ line: [Unicode.Scalar]) -> (key: String, rest: ArraySlice<Unicode.Scalar>)? {
        let start = skipSpace(line, from: 0)
        guard start < line.count, line[start] != "=" else { return nil }
        var end = start + 1
        var equals: Int?
        if line[start] == "\"" || line[start] == "'" {
            while end < line.count {
                end += 1
                guard line[end - 1] == line[start] else { continue }
                let next = skipSpace(line, from: end)
                if next < line.count, line[next] == "=" {
                    equals = next
                    break
                }
            }
        } else {
            equals = line[end...].firstIndex(of: "=")
            end = equals ?? end
            while end > start + 1, isSpace(line[end - 1]) { end -= 1 }
        }
        guard let equals else { return nil }
        return (unquote(line[start..<end]), line[skipSpace(line, from: equals + 1)...])
    }

    /// Reads a value that does not start with three quotes; nil when it is badly formed.
    static func value(_ text: ArraySlice<Unicode.Scalar>) -> Value? {
        var elements: [String] = []
        var index = text.startIndex
        if index < text.endIndex, text[index] == "," {
            let next = skipSpace(text, from: index + 1)
            guard next == text.endIndex || text[next] == "#" else { return nil }
            return Value(value: .list([]), comment: string(text[(index + 1)...]))
        }
        while true {
            if index == text.endIndex || text[index] == "#" {
                // Behind a comma nothing more need come.
                let value = elements.isEmpty ? ConfigurationValue.text("") : .list(elements)
                return Value(value: value, comment: string(text[index...]))
            }
            guard let end = elementEnd(text, from: index) ?? looseEnd(text, from: index) else { return nil }
            let element = unquote(text[index..<end])
            let next = skipSpace(text, from: end)
            if next == text.endIndex || text[next] == "#" {
                let value = elements.isEmpty ? ConfigurationValue.text(element) : .list(elements + [element])
                return Value(value: value, comment: string(text[end...]))
            }
            elements.append(element)
            index = skipSpace(text, from: next + 1)
        }
    }

    /// Where an element ends: before a comma, a comment or the end, with white space between them left out.
    private static func elementEnd(_ text: ArraySlice<Unicode.Scalar>, from start: Int) -> Int? {
        if text[start] == "," { return nil }
        if text[start] == "\"" || text[start] == "'" {
            var end = start + 1
            while end < text.endIndex {
                end += 1
                guard text[end - 1] == text[start] else { continue }
                let next = skipSpace(text, from: end)
                if next == text.endIndex || text[next] == "," || text[next] == "#" { return end }
            }
            return nil
        }
        return bareEnd(text, from: start)
    }

    /// Behind a space, quotes that close too early are part of the element if another element follows.
    private static func looseEnd(_ text: ArraySlice<Unicode.Scalar>, from start: Int) -> Int? {
        guard start > text.startIndex, isSpace(text[start - 1]), text[start] != "," else { return nil }
        let end = bareEnd(text, from: start)
        let next = skipSpace(text, from: end)
        return next < text.endIndex && text[next] == "," ? end : nil
    }

    private static func bareEnd(_ text: ArraySlice<Unicode.Scalar>, from start: Int) -> Int {
        var end = start + 1
        while end < text.endIndex, text[end] != ",", text[end] != "#" { end += 1 }
        while end > start + 1, isSpace(text[end - 1]) { end -= 1 }
        return end
    }

    /// Counts the brackets that close a header when nothing but a comment follows them; else where to look on.
    private static func closingBrackets(_ line: [Unicode.Scalar], from start: Int) -> (count: Int?, next: Int) {
        var index = start
        var count = 0
        while index < line.count, isSpace(line[index]) || line[index] == "]" {
            if line[index] == "]" { count += 1 }
            index += 1
        }
        let isEnd = index == line.count || line[index] == "#"
        return (count > 0 && isEnd ? count : nil, index)
    }

    /// Without the quotes around it, if there are any.
    static func unquote(_ text: ArraySlice<Unicode.Scalar>) -> String {
        guard let first = text.first, first == text.last, first == "\"" || first == "'" else { return string(text) }
        return string(text.dropFirst().dropLast())
    }

    static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }

    private static func skipSpace(_ text: [Unicode.Scalar], from start: Int) -> Int {
        skipSpace(text[...], from: start)
    }

    private static func skipSpace(_ text: ArraySlice<Unicode.Scalar>, from start: Int) -> Int {
        var index = start
        while index < text.endIndex, isSpace(text[index]) { index += 1 }
        return index
    }
}
