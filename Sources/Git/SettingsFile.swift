import Basics

/// What a configuration file of Git says in its `core` section.
///
/// Reads what people and `git config` write; where something else is in the file, there is no value and Git is to be
/// asked.
struct SettingsFile {
    /// The values by key in lower case; nil for a key without a value, which stands for true.
    private(set) var core: [String: String?] = [:]

    /// Reads the text of a file; nil when only Git can tell what it means.
    init?(parsing bytes: [UInt8]) {
        // Files that include others may say anything.
        let text = String(decoding: bytes, as: UTF8.self)
        if text.lowercased().contains("include") { return nil }
        var isCore = false
        for line in text.split(omittingEmptySubsequences: true, whereSeparator: \.isNewline) {
            let line = line.drop(while: \.isWhitespace)
            guard let first = line.first, first != "#", first != ";" else { continue }
            // A line that goes on in the next one.
            if line.last == "\\" { return nil }
            if first == "[" {
                guard let end = line.firstIndex(of: "]") else { return nil }
                isCore = line[line.index(after: line.startIndex)..<end].lowercased() == "core"
                let rest = line[line.index(after: end)...].drop(while: \.isWhitespace)
                if !rest.isEmpty, rest.first != "#", rest.first != ";" { return nil }
            } else if isCore {
                guard read(line) else { return nil }
            }
        }
    }

    private mutating func read(_ line: Substring) -> Bool {
        let key = line.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
        let rest = line.dropFirst(key.count).drop(while: \.isWhitespace)
        let name = key.lowercased()
        if rest.isEmpty || rest.first == "#" || rest.first == ";" {
            core[name] = .some(nil)
            return !key.isEmpty
        }
        guard rest.first == "=", !key.isEmpty else { return false }
        let value = rest.dropFirst().prefix { $0 != "#" && $0 != ";" }
        // Quotes and escapes are rare in the settings that are asked for.
        if value.contains("\"") || value.contains("\\") { return false }
        let trimmed = value.drop(while: \.isWhitespace)
        let end = trimmed.lastIndex { !$0.isWhitespace }
        core[name] = .some(end.map { String(trimmed[...$0]) } ?? "")
        return true
    }
}
