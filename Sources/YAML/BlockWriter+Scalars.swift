import Values

extension BlockWriter {
    /// Where a scalar stands: keys are never folded, and a top value only at blanks past the width.
    enum Role {
        case root
        case key
        case value
    }

    mutating func writeKey(_ key: Value.Key, indent: Int, role: Role) {
        if key.isString { return writeString(key.text, indent: indent, role: role) }
        put(YAMLText.plain(of: key))
    }

    mutating func writeScalar(_ value: Value, indent: Int, role: Role) {
        guard case .string(let text) = value else {
            let text = YAMLText.plain(of: value)
            if column + text.utf8.count <= Self.width { return put(ascii: text) }
            return writePlain(Array(text.unicodeScalars), indent: indent, role: role)
        }
        writeString(text, indent: indent, role: role)
    }

    private mutating func writeString(_ text: String, indent: Int, role: Role) {
        let fits = role == .key || column + text.utf8.count <= Self.width
        if fits, YAMLText.isSimpleWord(text) { return put(ascii: text) }
        let scalars = Array(text.unicodeScalars)
        switch YAMLText.style(of: text, scalars, ScalarAnalysis(scalars), isFlow: false) {
        case .singleQuoted: writeSingleQuoted(scalars, indent: indent, folds: role != .key)
        case .doubleQuoted: writeDoubleQuoted(scalars, indent: indent, folds: role != .key)
        default: writePlain(scalars, indent: indent, role: role)
        }
    }

    private mutating func writePlain(_ text: [Unicode.Scalar], indent: Int, role: Role) {
        var index = 0
        while index < text.count {
            let isSpace = text[index] == " "
            let end = text[index...].firstIndex { ($0 == " ") != isSpace } ?? text.count
            if isSpace {
                if role != .key, end == index + 1, column >= Self.width {
                    newLine(indent)
                } else {
                    put(text[index..<end])
                }
            } else {
                // The blank before a word that goes to the next line stays where it is. DVC's writer breaks after
                // several blanks too, of which it then reads one.
                let canBreak = index < 2 || text[index - 2] != " "
                if role == .value, canBreak, column + end - index > Self.width, column > indent { newLine(indent) }
                put(text[index..<end])
            }
            index = end
        }
    }

    private mutating func writeSingleQuoted(_ text: [Unicode.Scalar], indent: Int, folds: Bool) {
        put("'")
        var index = 0
        while index < text.count {
            if ScalarAnalysis.isBreak(text[index]) {
                let end = text[index...].firstIndex { !ScalarAnalysis.isBreak($0) } ?? text.count
                for scalar in text[index..<end] { put(lineBreak: scalar) }
                put(spaces: indent)
                index = end
                continue
            }
            let isSpace = text[index] == " "
            let end =
                text[index...].firstIndex { ($0 == " ") != isSpace || ScalarAnalysis.isBreak($0) } ?? text.count
            let isFold = isSpace && end == index + 1 && column > Self.width && index != 0 && end != text.count
            if folds, isFold { newLine(indent) } else { put(text[index..<end]) }
            index = end
        }
        put("'")
    }
}
