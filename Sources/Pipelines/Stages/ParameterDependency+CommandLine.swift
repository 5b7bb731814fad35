import OrderedCollections

extension ParameterDependency {
    /// Reads what a caller types for parameters: `a,b` or `file:a,b`; `file:` for the whole file.
    ///
    /// Texts of one file are put together, in the order in which the files appear.
    package static func list(from texts: [String]) -> [ParameterDependency] {
        var keys: OrderedDictionary<String, [String]> = [:]
        for text in texts {
            let colon = text.lastIndex(of: ":")
            let file = colon.map { String(text[..<$0]) } ?? ""
            let rest = colon.map { text[text.index(after: $0)...] } ?? text[...]
            keys[file.isEmpty ? defaultFile : file, default: []] += rest.split(separator: ",").map(String.init)
        }
        return keys.map { ParameterDependency(file: $0.key, keys: $0.value.isEmpty ? nil : $0.value) }
    }
}

extension StageDefinition {
    /// The command that the words of a command line stand for.
    ///
    /// A single word is the command as it is; of several, those with blanks are put into double quotes unless they have
    /// some, as DVC does.
    package static func command(from words: [String]) -> String {
        if words.count < 2 { return words.first ?? "" }
        return words.map { word in
            if word.isEmpty { return "\"\"" }
            return word.contains(" ") && !word.contains("\"") ? "\"\(word)\"" : word
        }.joined(separator: " ")
    }
}
