extension Configuration {
    /// Adds a remote as `dvc remote add` does; `replacing` drops all settings of one with this name.
    package mutating func addRemote(
        _ name: String,
        url: String,
        isDefault: Bool = false,
        replacing: Bool = false,
        level: Level = .project,
        workingDirectory: String
    ) throws(ConfigurationError) {
        let section = SectionName.remote(name)
        try edit(level) { (file) throws(ConfigurationError) in
            if file.contains(section), !replacing { throw .remoteExists(section.name) }
            let written = Self.written(url, "url", section, file, workingDirectory)
            try file.replace(section, with: [("url", .text(written))])
            if isDefault { try file.set("remote", in: SectionName("core"), to: .text(section.name)) }
        }
    }

    /// Sets an option of a remote, or removes it when there is no value.
    ///
    /// The remote may be of a weaker level, and without a level named of any: then the file gets a section with this
    /// option only.
    package mutating func modifyRemote(
        _ name: String,
        _ option: String,
        to value: String?,
        level: Level? = nil,
        workingDirectory: String
    ) throws(ConfigurationError) {
        let section = SectionName.remote(name)
        let known = try merging(upTo: level ?? .local)
        try edit(level ?? .project) { (file) throws(ConfigurationError) in
            if known.section(section) == nil { throw known.missing(section) }
            if let value {
                let written = Self.written(value, option, section, file, workingDirectory)
                try file.set(option, in: section, to: .text(written))
            } else {
                if !file.contains(section) { try file.replace(section, with: []) }
                file.unset(option, in: section)
            }
        }
    }

    /// Removes a remote from the file of a level, and `core.remote` from this and the stronger ones where it names it.
    package mutating func removeRemote(_ name: String, level: Level = .project) throws(ConfigurationError) {
        let section = SectionName.remote(name)
        let known = merged
        try edit(level) { (file) throws(ConfigurationError) in
            if !file.remove(section) { throw known.missing(section) }
        }
        try editDefaults(of: section.name, from: level) { file in
            file.unset("remote", in: SectionName("core"))
        }
    }

    /// Renames a remote in the file of a level, and `core.remote` in this and the stronger ones where it names it.
    package mutating func renameRemote(
        _ name: String,
        to new: String,
        level: Level = .project
    ) throws(ConfigurationError) {
        let section = SectionName.remote(name)
        let target = SectionName.remote(new)
        if merged.section(target) != nil { throw .renameTargetExists(new) }
        let known = merged
        try edit(level) { (file) throws(ConfigurationError) in
            if try !file.rename(section, to: target) { throw known.missing(section) }
        }
        try editDefaults(of: section.name, from: level) { (file) throws(ConfigurationError) in
            try file.set("remote", in: SectionName("core"), to: .text(target.name))
        }
    }

    /// Chooses the remote that commands use when none is named; nil chooses none. It must be known at the level or
    /// below, and without a level named at any.
    package mutating func setDefaultRemote(_ name: String?, level: Level? = nil) throws(ConfigurationError) {
        let core = SectionName("core")
        guard let name else {
            return try edit(level ?? .project) { (file) throws(ConfigurationError) in file.unset("remote", in: core) }
        }
        let section = SectionName.remote(name)
        let known = try merging(upTo: level ?? .local)
        try edit(level ?? .project) { (file) throws(ConfigurationError) in
            if known.section(section) == nil { throw .defaultNotListed(near: known.remote(near: name)) }
            try file.set("remote", in: core, to: .text(section.name))
        }
    }

    private mutating func editDefaults(
        of name: String,
        from level: Level,
        _ change: (inout ConfigurationFile) throws(ConfigurationError) -> Void
    ) throws(ConfigurationError) {
        for stronger in Level.allCases.reversed() where stronger >= level && files[stronger] != nil {
            try edit(stronger) { (file) throws(ConfigurationError) in
                let chosen = file.entries(in: SectionName("core")).last { $0.key == "remote" }?.value.text
                if chosen == name { try change(&file) }
            }
        }
    }
}
