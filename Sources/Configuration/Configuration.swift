import Basics

/// The settings of all levels, the stronger over the weaker.
package struct Configuration: Sendable {
    /// Where a setting is kept; later levels win.
    package enum Level: Int, CaseIterable, Comparable, Sendable {
        case system
        case global
        /// `.dvc/config`.
        case project
        /// `.dvc/config.local`.
        case local

        package static func < (first: Level, second: Level) -> Bool { first.rawValue < second.rawValue }
    }

    /// A value with its origin.
    package struct Setting: Hashable, Sendable {
        /// Paths are absolute here.
        package let value: ConfigurationValue
        /// The level it comes from; nil when it was given for this run only.
        package let level: Level?
        /// The file, or what gave the value for this run.
        package let path: String
        /// The line in the file; 0 when unknown.
        package let line: Int
    }

    /// The files by level. Without a project there is none for ``Level/project`` and ``Level/local``.
    package internal(set) var files: [Level: ConfigurationFile]
    /// The levels whose files were changed since they were read.
    package internal(set) var changedLevels: Set<Level> = []
    let home: String?
    var merged = MergedSettings()
    private var overrides: [(section: SectionName, key: String, value: String, origin: String)] = []

    /// Merges files that were read already, without looking at what the values are.
    ///
    /// `home` is the folder that `~` stands for.
    package init(files: [Level: ConfigurationFile], home: String?) throws(ConfigurationError) {
        self.files = files
        self.home = home
        merged = try merging(upTo: .local)
    }

    /// Reads the files that exist at the paths of the levels.
    package init(reading paths: [Level: String], home: String?) throws(ConfigurationError) {
        var files: [Level: ConfigurationFile] = [:]
        var problems: [ConfigurationError.Problem] = []
        for level in Level.allCases {
            guard let path = paths[level] else { continue }
            do throws(ConfigurationError) {
                files[level] = try Self.read(path)
            } catch {
                guard case .syntax(let found) = error else { throw error }
                problems += found
            }
        }
        if !problems.isEmpty { throw .syntax(problems) }
        try self.init(files: files, home: home)
    }

    private static func read(_ path: String) throws(ConfigurationError) -> ConfigurationFile {
        let bytes: [UInt8]?
        do {
            bytes = try Files.readIfPresent(path)
        } catch {
            throw .file(error)
        }
        guard let bytes else { return ConfigurationFile(path: path) }
        return try ConfigurationFile(parsing: bytes, path: path)
    }

    /// Sets a value for this run only, over all files. `origin` is named in errors.
    package mutating func override(_ key: String, in section: SectionName, with value: String, origin: String) {
        overrides.append((section, key, value, origin))
        apply(overrides.suffix(1), to: &merged)
    }

    private func apply(
        _ overrides: some Sequence<(section: SectionName, key: String, value: String, origin: String)>,
        to settings: inout MergedSettings
    ) {
        for item in overrides {
            let setting = Setting(value: .text(item.value), level: nil, path: item.origin, line: 0)
            settings.set(setting, item.key, in: item.section)
        }
    }

    /// The settings of the levels up to and with one, and of this run when that is the last.
    func merging(upTo last: Level) throws(ConfigurationError) -> MergedSettings {
        var settings = MergedSettings()
        for level in Level.allCases where level <= last {
            guard let file = files[level] else { continue }
            try settings.merge(file, level: level, home: home)
        }
        if last == .local { apply(overrides, to: &settings) }
        return settings
    }
}
