import Basics

extension Configuration {
    /// Sets an option as `dvc config` does; a path starts at `workingDirectory`.
    package mutating func set(
        _ key: String,
        in section: SectionName,
        to value: String,
        level: Level = .project,
        workingDirectory: String
    ) throws(ConfigurationError) {
        try edit(level) { (file) throws(ConfigurationError) in
            let written = Self.written(value, key, section, file, workingDirectory)
            try file.set(key.lowercased(), in: section, to: .text(written))
        }
    }

    /// Removes an option as `dvc config --unset` does; it must be there.
    package mutating func unset(
        _ key: String,
        in section: SectionName,
        level: Level = .project
    ) throws(ConfigurationError) {
        try edit(level) { (file) throws(ConfigurationError) in
            let isKnown = section.kind == .plain && ConfigurationSchema.sections.contains(section.name)
            guard isKnown || file.contains(section) else { throw .sectionMissing(section) }
            guard file.unset(key.lowercased(), in: section) else { throw .optionMissing(key, section) }
        }
    }

    /// Changes the file of a level and keeps the change only when all settings up to that level are valid then.
    ///
    /// Nor may it spoil what stronger levels have; DVC reports that too, but only after it has written the file.
    mutating func edit(
        _ level: Level,
        _ change: (inout ConfigurationFile) throws(ConfigurationError) -> Void
    ) throws(ConfigurationError) {
        guard var file = files[level] else { throw .outsideProject }
        let before = file
        try change(&file)
        if file == before { return }
        var changed = self
        changed.files[level] = file
        if let fault = Self.faults(in: try changed.merging(upTo: level)).first { throw .invalid(fault) }
        changed.changedLevels.insert(level)
        changed.merged = try changed.merging(upTo: .local)
        if let fault = changed.faults.first, faults.isEmpty { throw .invalid(fault) }
        self = changed
    }

    /// Writes the files that were changed, and makes their directories.
    package mutating func save() throws(ConfigurationError) {
        if let path = files.first(where: { changedLevels.contains($0.key) && leadsOut($0.key, $0.value.path) })?.value
            .path
        {
            throw .invalid(
                .init(path: path, line: 0, message: "a link to a file outside of the project is not changed")
            )
        }
        do {
            for level in changedLevels.sorted() {
                guard let file = files[level] else { continue }
                try Files.makeDirectories(Paths.parent(file.path))
                try Files.writeAtomically(Array(file.text.utf8), to: file.path)
            }
        } catch {
            throw .file(error)
        }
        changedLevels = []
    }

    /// Whether a file of the project, which somebody else may have made, is a link to a file elsewhere.
    private func leadsOut(_ level: Level, _ path: String) -> Bool {
        guard level == .project || level == .local, let target = try? Files.resolvingLink(path), target != path,
            let root = Files.canonical(Paths.parent(Paths.parent(path)))
        else { return false }
        return !Paths.isSameOrInside(Files.canonical(Paths.parent(target)) ?? target, root)
    }

    static func written(
        _ value: String,
        _ key: String,
        _ section: SectionName,
        _ file: ConfigurationFile,
        _ workingDirectory: String
    ) -> String {
        guard ConfigurationSchema.isPath(key.lowercased(), in: section) else { return value }
        return ConfiguredPath.stored(value, directory: Paths.parent(file.path), workingDirectory: workingDirectory)
    }
}
