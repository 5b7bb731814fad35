import Basics

/// Settings by section and key, in the order in which they first came up.
struct MergedSettings: Sendable {
    struct Section: Sendable {
        let name: SectionName
        var settings: [(key: String, setting: Configuration.Setting)] = []
    }

    /// Lines of the files that stand before any section.
    private(set) var strays: [ConfigurationError.Problem] = []
    private(set) var sections: [Section] = []

    func section(_ name: SectionName) -> Section? { sections.first { $0.name == name } }

    /// The complaint that there is no such remote.
    func missing(_ remote: SectionName) -> ConfigurationError {
        .remoteMissing(remote.name, near: self.remote(near: remote.name))
    }

    /// The remote with nearly that name; nil when there is none.
    func remote(near name: String) -> String? {
        Spelling.nearest(name.lowercased(), among: sections.map(\.name).filter { $0.kind == .remote }.map(\.name))
    }

    func setting(_ key: String, in section: SectionName) -> Configuration.Setting? {
        self.section(section)?.settings.first { $0.key == key }?.setting
    }

    mutating func set(_ setting: Configuration.Setting, _ key: String, in name: SectionName) {
        let index = makeSection(name)
        if let old = sections[index].settings.firstIndex(where: { $0.key == key }) {
            sections[index].settings[old].setting = setting
        } else {
            sections[index].settings.append((key, setting))
        }
    }

    private mutating func makeSection(_ name: SectionName) -> Int {
        if let known = sections.firstIndex(where: { $0.name == name }) { return known }
        sections.append(Section(name: name))
        return sections.count - 1
    }

    mutating func merge(
        _ file: ConfigurationFile,
        level: Configuration.Level,
        home: String?
    ) throws(ConfigurationError) {
        let interpolation = Interpolation(file)
        for entry in file.entries(in: nil) {
            let message = "extra keys not allowed @ data['\(entry.key)']"
            strays.append(.init(path: file.path, line: entry.line, message: message))
        }
        for name in file.sections {
            _ = makeSection(name)
            for entry in file.entries(in: name) {
                var value = try interpolation.value(of: entry)
                if ConfigurationSchema.isPath(entry.key, in: name), case .text(let text) = value {
                    let directory = Paths.parent(file.path)
                    value = .text(ConfiguredPath.resolved(text, directory: directory, home: home))
                }
                set(.init(value: value, level: level, path: file.path, line: entry.line), entry.key, in: name)
            }
        }
    }
}
