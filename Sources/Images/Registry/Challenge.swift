/// What a registry wants to see before it answers (`www-authenticate`, RFC 9110, 11.6.1).
struct Challenge: Equatable {
    let scheme: String
    let parameters: [String: String]

    /// The challenges of one or several fields, in order.
    static func parse(_ fields: [String]) -> [Challenge] {
        var challenges: [Challenge] = []
        for field in fields {
            var scanner = FieldScanner(field)
            var scheme: String?
            var parameters: [String: String] = [:]
            func keep() {
                if let scheme { challenges.append(Challenge(scheme: scheme.lowercased(), parameters: parameters)) }
            }
            while let word = scanner.word() {
                if scanner.take("=") {
                    parameters[word.lowercased()] = scanner.value()
                } else {
                    keep()
                    (scheme, parameters) = (word, [:])
                }
                while scanner.take(",") {}
            }
            keep()
        }
        return challenges
    }
}

/// Takes a field of a head apart.
private struct FieldScanner {
    private var rest: Substring

    init(_ text: String) {
        rest = text.prefix(8192)
    }

    mutating func take(_ character: Character) -> Bool {
        rest = rest.drop { $0 == " " || $0 == "\t" }
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    mutating func word() -> String? {
        rest = rest.drop { $0 == " " || $0 == "\t" }
        let word = rest.prefix { !" \t,=\"".contains($0) }
        rest = rest.dropFirst(word.count)
        return word.isEmpty ? nil : String(word)
    }

    mutating func value() -> String {
        guard take("\"") else { return word() ?? "" }
        var text = ""
        while let character = rest.popFirst(), character != "\"" {
            text.append(character == "\\" ? rest.popFirst() ?? "\\" : character)
        }
        return text
    }
}
