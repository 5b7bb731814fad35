extension ConfigurationFile {
    /// Sets a value, making the section when it is not there.
    package mutating func set(
        _ key: String,
        in section: SectionName,
        to value: ConfigurationValue
    ) throws(ConfigurationError) {
        guard let name = Quoting.name(key), let written = Quoting.value(value) else {
            throw .unquotable(section, key)
        }
        if range(of: section) == nil { try append(section, body: []) }
        guard let range = range(of: section) else { return }
        let old = range.first { items[$0].entry?.key == key }
        let neighbour = old ?? range.last { items[$0].entry != nil }
        let indent = neighbour.map { items[$0].text.prefix { $0 == " " || $0 == "\t" } } ?? "    "
        let comment = old.flatMap { items[$0].entry?.comment } ?? ""
        let entry = Entry(section: section, key: key, value: value, line: 0, comment: comment)
        let item = Item(text: "\(indent)\(name) = \(written)\(comment)\(newline)", content: .entry(entry))
        if let old {
            items[old] = item
        } else {
            insert([item], at: (neighbour ?? range.lowerBound) + 1)
        }
    }

    /// Removes a setting; tells whether it was there. A plain section that loses its last one goes with it.
    @discardableResult
    package mutating func unset(_ key: String, in section: SectionName) -> Bool {
        guard let range = range(of: section), let index = range.last(where: { items[$0].entry?.key == key }) else {
            return false
        }
        items.remove(at: index)
        let hasEntries = items[range.lowerBound..<(range.upperBound - 1)].contains { $0.entry != nil }
        let hasComments = items[range.lowerBound..<index].contains { $0.content == .comment }
        if section.kind == .plain, !hasEntries, !hasComments { remove(section) }
        return true
    }

    /// Removes a section with all in it; tells whether it was there.
    @discardableResult
    package mutating func remove(_ section: SectionName) -> Bool {
        guard let range = range(of: section) else { return false }
        items.removeSubrange(range.lowerBound..<bodyEnd(range))
        // Of the blank lines around it, those behind go too.
        while range.lowerBound < items.count, items[range.lowerBound].content == .blank {
            items.remove(at: range.lowerBound)
        }
        return true
    }

    /// Makes a section with these settings, in the place of one of the same name or as the last of its kind.
    package mutating func replace(
        _ section: SectionName,
        with settings: [(key: String, value: ConfigurationValue)]
    ) throws(ConfigurationError) {
        if let range = range(of: section) {
            items.removeSubrange((range.lowerBound + 1)..<bodyEnd(range))
        } else {
            try append(section, body: [])
        }
        for setting in settings { try set(setting.key, in: section, to: setting.value) }
    }

    /// Gives a section another name and moves it behind the others of its kind; tells whether it was there.
    @discardableResult
    package mutating func rename(_ section: SectionName, to name: SectionName) throws(ConfigurationError) -> Bool {
        guard let range = range(of: section) else { return false }
        let body = Array(items[(range.lowerBound + 1)..<bodyEnd(range)])
        remove(section)
        try append(name, body: body)
        return true
    }

    /// Where the settings of a section end: comments and blank lines behind the last one belong to what follows.
    private func bodyEnd(_ range: Range<Int>) -> Int {
        (range.last { items[$0].entry != nil } ?? range.lowerBound) + 1
    }

    /// Adds a section where DVC has it: plain sections first, then remotes, machines and databases.
    private mutating func append(_ section: SectionName, body: [Item]) throws(ConfigurationError) {
        guard let name = Quoting.name(section.header) else { throw .unquotable(section, section.name) }
        let header = Item(text: "[\(name)]\(newline)", content: .header(section))
        let kinds = SectionName.Kind.allCases
        let own = kinds.firstIndex(of: section.kind) ?? 0
        let before = kinds[...own].reversed().compactMap { lastSection(of: $0) }.first
        let hasGaps = items.indices.dropFirst().contains { index in
            if case .header = items[index].content { items[index - 1].content == .blank } else { false }
        }
        let gap = hasGaps ? [Item(text: newline, content: .blank)] : []
        let body = body.map { $0.moved(to: section) }
        if let before {
            insert(gap + [header] + body, at: bodyEnd(before))
        } else if let first = items.firstIndex(where: { if case .header = $0.content { true } else { false } }) {
            var start = first
            while start > 0, items[start - 1].content == .comment { start -= 1 }
            insert([header] + body + gap, at: start == 0 ? first : start)
        } else {
            insert([header] + body, at: items.count)
        }
    }

    private func lastSection(of kind: SectionName.Kind) -> Range<Int>? {
        sections.last { $0.kind == kind }.flatMap(range(of:))
    }

    /// Inserts items, ending the line before them when the file breaks off there.
    private mutating func insert(_ new: [Item], at index: Int) {
        if index > 0, items[index - 1].text.utf8.last != UInt8(ascii: "\n") { items[index - 1].text += newline }
        items.insert(contentsOf: new, at: index)
    }
}

extension ConfigurationFile.Item {
    var entry: ConfigurationFile.Entry? {
        guard case .entry(let entry) = content else { return nil }
        return entry
    }

    /// The same text as part of another section.
    fileprivate func moved(to section: SectionName) -> Self {
        guard let entry else { return self }
        let moved = ConfigurationFile.Entry(
            section: section,
            key: entry.key,
            value: entry.value,
            line: entry.line,
            comment: entry.comment
        )
        return Self(text: text, content: .entry(moved))
    }
}
