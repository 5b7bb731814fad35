extension ConfigurationFile {
    /// Reads a file.
    ///
    /// All faults are reported at once; the messages are DVC's.
    package init(parsing bytes: [UInt8], path: String) throws(ConfigurationError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .syntax([.init(path: path, line: 0, message: "the file is not valid UTF-8")])
        }
        var parser = FileParser(text: text, path: path)
        parser.run()
        if !parser.problems.isEmpty { throw .syntax(parser.problems) }
        self.path = path
        newline = parser.newline
        // A file of blank lines only is as good as empty; DVC leaves such behind.
        items = parser.items.contains { $0.content != .blank } ? parser.items : []
    }
}

private struct FileParser {
    let path: String
    let newline: String
    var items: [ConfigurationFile.Item] = []
    var problems: [ConfigurationError.Problem] = []
    private let lines: [Line]
    private var index = 0
    private var section: SectionName?
    private var depth = 0
    private var seenSections: Set<String> = []
    private var seenKeys: Set<String> = []

    private struct Line {
        let scalars: [Unicode.Scalar]
        let end: String

        var text: String { LineParser.string(scalars[...]) + end }
    }

    init(text: String, path: String) {
        self.path = path
        lines = Self.split(text)
        newline = lines.first.map { $0.end.isEmpty ? "\n" : $0.end } ?? "\n"
    }

    mutating func run() {
        while index < lines.count {
            let line = lines[index]
            index += 1
            let first = line.scalars.first { !LineParser.isSpace($0) }
            if first == nil {
                items.append(.init(text: line.text, content: .blank))
            } else if first == "#" {
                items.append(.init(text: line.text, content: .comment))
            } else if let header = LineParser.header(line.scalars) {
                read(header, line)
            } else if let (key, rest) = LineParser.assignment(line.scalars) {
                read(key, rest)
            } else {
                let shown = LineParser.string(line.scalars[...])
                report("Invalid line ('\(shown)') (matched as neither section nor keyword)", at: index)
            }
        }
    }

    private mutating func report(_ message: String, at line: Int) {
        problems.append(.init(path: path, line: line, message: "\(message) at line \(line)."))
    }

    private mutating func read(_ header: LineParser.Header, _ line: Line) {
        if header.depth != header.closingDepth { return report("Cannot compute the section depth", at: index) }
        if header.depth > depth + 1 { return report("Section too nested", at: index) }
        depth = header.depth
        if depth > 1 {
            // Nothing allows a section in a section: kept as a setting of no use, which the schema then refuses.
            let entry = entry(header.name.lowercased(), .section, line: index, comment: "")
            items.append(.init(text: line.text, content: .entry(entry)))
            return
        }
        if !seenSections.insert(header.name).inserted { return report("Duplicate section name", at: index) }
        let name = SectionName(header: header.name)
        section = name
        seenKeys = []
        items.append(.init(text: line.text, content: .header(name)))
    }

    private mutating func read(_ key: String, _ rest: ArraySlice<Unicode.Scalar>) {
        let start = index
        let value: LineParser.Value?
        if rest.starts(with: "\"\"\"".unicodeScalars) || rest.starts(with: "'''".unicodeScalars) {
            value = multilineValue(rest)
            if value == nil {
                index = start
                return report("Parse error in multiline value", at: start)
            }
        } else {
            value = LineParser.value(rest)
        }
        guard let value else { return report("Parse error in value", at: start) }
        let text = lines[(start - 1)..<index].map(\.text).joined()
        if depth > 1 {
            items.append(.init(text: text, content: .comment))
            return
        }
        if !seenKeys.insert(key).inserted { return report("Duplicate keyword name", at: start) }
        let entry = entry(key.lowercased(), value.value, line: start, comment: value.comment)
        items.append(.init(text: text, content: .entry(entry)))
    }

    private func entry(
        _ key: String,
        _ value: ConfigurationValue,
        line: Int,
        comment: String
    ) -> ConfigurationFile.Entry {
        .init(section: section, key: key, value: value, line: line, comment: comment)
    }

    /// Reads on until three closing quotes; nil when there are none or more than a comment follows them.
    private mutating func multilineValue(_ first: ArraySlice<Unicode.Scalar>) -> LineParser.Value? {
        let quote = Array(first.prefix(3))
        var content = ""
        var line = first.dropFirst(3)
        while true {
            if let end = Self.firstIndex(of: quote, in: line) {
                content += LineParser.string(line[..<end])
                let comment = line[(end + 3)...]
                let mark = comment.first { !LineParser.isSpace($0) }
                guard mark == nil || mark == "#" else { return nil }
                return .init(value: .text(content), comment: LineParser.string(comment))
            }
            guard index < lines.count else { return nil }
            content += LineParser.string(line) + "\n"
            line = lines[index].scalars[...]
            index += 1
        }
    }

    private static func firstIndex(of quote: [Unicode.Scalar], in line: ArraySlice<Unicode.Scalar>) -> Int? {
        guard line.count >= 3 else { return nil }
        return (line.startIndex...(line.endIndex - 3)).first { line[$0..<($0 + 3)].elementsEqual(quote) }
    }

    private static func split(_ text: String) -> [Line] {
        var lines: [Line] = []
        var scalars: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            guard scalar == "\n" else {
                scalars.append(scalar)
                continue
            }
            let hasReturn = scalars.last == "\r"
            if hasReturn { scalars.removeLast() }
            lines.append(Line(scalars: scalars, end: hasReturn ? "\r\n" : "\n"))
            scalars = []
        }
        if !scalars.isEmpty { lines.append(Line(scalars: scalars, end: "")) }
        return lines
    }
}
