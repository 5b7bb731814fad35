/// A configuration file whose edits leave all other text as it is.
///
/// New text is written as DVC writes it, so that a file DVC made stays the file DVC would make.
package struct ConfigurationFile: Hashable, Sendable {
    /// The absolute path; relative paths in the file start at its directory.
    package let path: String
    /// The lines and groups of lines the file is made of.
    var items: [Item] = []
    let newline: String

    struct Item: Hashable, Sendable {
        enum Content: Hashable, Sendable {
            case blank
            case comment
            case header(SectionName)
            case entry(Entry)
        }

        /// All its lines with their ends.
        var text: String
        let content: Content
    }

    /// A setting of a file.
    package struct Entry: Hashable, Sendable {
        package let section: SectionName?
        /// In lower case.
        package let key: String
        package let value: ConfigurationValue
        /// The line it starts at, counted from one, when the file was read; 0 for an entry made since.
        package let line: Int
        /// The white space and comment behind the value.
        let comment: String
    }

    /// An empty file.
    package init(path: String) {
        self.path = path
        newline = "\n"
    }

    /// The text as it is to be written. A file whose last setting was removed keeps one line break, as DVC has it.
    package var text: String { items.isEmpty ? newline : items.map(\.text).joined() }

    /// The sections in order; a name may come twice, and then the last one counts.
    package var sections: [SectionName] {
        items.compactMap { if case .header(let name) = $0.content { name } else { nil } }
    }

    /// All settings in order.
    package var entries: [Entry] {
        items.compactMap { if case .entry(let entry) = $0.content { entry } else { nil } }
    }

    /// The settings of a section, or of the lines before the first one.
    package func entries(in section: SectionName?) -> [Entry] {
        guard let section else { return entries.filter { $0.section == nil } }
        guard let range = range(of: section) else { return [] }
        return items[range].compactMap { if case .entry(let entry) = $0.content { entry } else { nil } }
    }

    /// Whether it has the section.
    package func contains(_ section: SectionName) -> Bool { range(of: section) != nil }

    /// The header of a section and what follows, up to the next header.
    func range(of section: SectionName) -> Range<Int>? {
        guard let start = items.lastIndex(where: { $0.content == .header(section) }) else { return nil }
        let rest = items[(start + 1)...]
        let end = rest.firstIndex { if case .header = $0.content { true } else { false } }
        return start..<(end ?? items.count)
    }
}
