import OrderedCollections
import Values

/// Writes values between brackets, on one line.
enum FlowText {
    static func text(of value: Value) -> String {
        switch value {
        case .string(let text): string(text)
        case .list(let items): "[" + items.map(text(of:)).joined(separator: ", ") + "]"
        case .map(let map): "{" + map.map { entry($0, $1) }.joined(separator: ", ") + "}"
        default: YAMLText.plain(of: value)
        }
    }

    static func entry(_ key: Value.Key, _ value: Value) -> String {
        (key.isString ? string(key.text) : YAMLText.plain(of: key)) + ": " + text(of: value)
    }

    private static func string(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        let analysis = ScalarAnalysis(scalars)
        let isOneLine = !analysis.isMultiline
        // DVC's reader takes these for indicators inside brackets.
        let startsAsIndicator = text.hasPrefix("?") || text.hasPrefix(":")
        switch YAMLText.style(of: text, scalars, analysis, isFlow: true) {
        case .plain where !startsAsIndicator: return text
        case .plain where !text.utf8.contains(UInt8(ascii: "'")), .singleQuoted where isOneLine:
            return "'" + text + "'"
        default: return "\"" + scalars.map { YAMLText.escape($0) ?? String($0) }.joined() + "\""
        }
    }
}
