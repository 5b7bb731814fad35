extension Configuration {
    /// A value with its origin; nil when nothing sets it.
    package func setting(_ key: String, in section: SectionName) -> Setting? { merged.setting(key, in: section) }

    /// The text of an option of a plain section, or its default.
    package func string(_ section: String, _ key: String) -> String? {
        guard let text = setting(key, in: SectionName(section))?.value.text else {
            return ConfigurationSchema.option(key, in: section)?.defaultValue
        }
        return ConfigurationSchema.option(key, in: section)?.type == .name ? text.lowercased() : text
    }

    /// Whether an option of a plain section is `true`, by its default when nothing sets it.
    package func bool(_ section: String, _ key: String) -> Bool {
        string(section, key)?.lowercased() == "true"
    }

    /// The number of an option of a plain section.
    package func integer(_ section: String, _ key: String) -> Int? {
        string(section, key).flatMap(OptionType.integer)
    }

    /// The elements of an option that takes several, such as `cache.type`; nil when nothing sets it.
    package func list(_ section: String, _ key: String) -> [String]? {
        setting(key, in: SectionName(section))?.value.elements
    }

    /// The keys of `feature` that nothing heeds, sorted; DVC warns of them.
    package var unsupportedFeatures: [String] {
        let settings = merged.section(SectionName("feature"))?.settings ?? []
        return settings.map(\.key).filter { ConfigurationSchema.option($0, in: "feature") == nil }.sorted()
    }

    /// The settings of one level as `dvc config --list` orders them: remotes, machines, databases, then the rest.
    ///
    /// Paths are absolute, as DVC shows them. Shadowed settings of other levels are not left out.
    package func listing(of level: Level) throws(ConfigurationError) -> [(name: String, setting: Setting)] {
        guard let file = files[level] else { return [] }
        var settings = MergedSettings()
        try settings.merge(file, level: level, home: home)
        let kinds: [SectionName.Kind] = [.remote, .machine, .database, .plain]
        return kinds.flatMap { kind in
            settings.sections.filter { $0.name.kind == kind }.flatMap { section in
                section.settings.map { ("\(section.name).\($0.key)", $0.setting) }
            }
        }
    }

    /// A value as one level has it; nil when it has none.
    package func setting(_ key: String, in section: SectionName, of level: Level) throws(ConfigurationError) -> Setting?
    {
        guard let file = files[level] else { return nil }
        var settings = MergedSettings()
        try settings.merge(file, level: level, home: home)
        return settings.setting(key, in: section)
    }
}
