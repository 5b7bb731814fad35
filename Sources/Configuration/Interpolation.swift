/// Replaces `%(key)s` by another value of the section, of a section `default`, or of the lines before all sections.
struct Interpolation {
    private let file: ConfigurationFile
    private static let limit = 10

    init(_ file: ConfigurationFile) { self.file = file }

    func value(of entry: ConfigurationFile.Entry) throws(ConfigurationError) -> ConfigurationValue {
        switch entry.value {
        case .text(let text): return .text(try replaced(text, in: entry, depth: 0))
        case .section: return .section
        case .list(let elements):
            var result: [String] = []
            for element in elements { result.append(try replaced(element, in: entry, depth: 0)) }
            return .list(result)
        }
    }

    private func replaced(
        _ text: String,
        in entry: ConfigurationFile.Entry,
        depth: Int
    ) throws(ConfigurationError) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "%("), let end = rest[start.upperBound...].firstIndex(of: ")") {
            let after = rest.index(after: end)
            guard after < rest.endIndex, rest[after] == "s" else {
                result += rest[..<start.upperBound]
                rest = rest[start.upperBound...]
                continue
            }
            let key = String(rest[start.upperBound..<end])
            result += rest[..<start.lowerBound]
            result += try lookUp(key, for: entry, depth: depth)
            // A few references that each name a few more would grow without end.
            if result.utf8.count > 1 << 16 { throw problem("value too long after interpolation.", entry) }
            rest = rest[rest.index(after: after)...]
        }
        return result + rest
    }

    private func lookUp(
        _ key: String,
        for entry: ConfigurationFile.Entry,
        depth: Int
    ) throws(ConfigurationError) -> String {
        if depth == Self.limit { throw problem("interpolation loop detected in value \"\(key)\".", entry) }
        let candidates = [entry.section, SectionName("default"), nil]
        for candidate in candidates {
            let found = file.entries(in: candidate).first { $0.key == key.lowercased() }
            if let found, let text = found.value.text { return try replaced(text, in: found, depth: depth + 1) }
        }
        throw problem("missing option \"\(key)\" in interpolation.", entry)
    }

    private func problem(_ message: String, _ entry: ConfigurationFile.Entry) -> ConfigurationError {
        .invalid(.init(path: file.path, line: entry.line, message: message))
    }
}

extension Substring {
    fileprivate func firstRange(of pattern: String) -> Range<Index>? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(pattern) { return index..<self.index(index, offsetBy: pattern.count) }
            index = self.index(after: index)
        }
        return nil
    }
}
