extension IgnoreRules.Directory {
    /// Whether an entry of the directory is ignored.
    ///
    /// In DVC's reading a directory that is a DVC project of its own is ignored too; only
    /// ``IgnoreRules/isIgnored(_:isDirectory:)`` looks for that.
    package func isIgnored(_ name: String, isDirectory: Bool) -> Bool {
        if self.isIgnored { return true }
        let path = path.isEmpty ? name : "\(path)/\(name)"
        return decision(path, isDirectory: isDirectory)?.isNegated == false
    }

    /// The rule of this directory that ignores a directory; nil when none does.
    func ignoringRule(_ directory: String) -> IgnorePattern? {
        guard let decision = decision(directory, isDirectory: true), !decision.isNegated else { return nil }
        return decision
    }

    /// The rule of this directory that decides about a path relative to the root, without looking at those above it.
    func decision(_ relativePath: String, isDirectory: Bool) -> IgnorePattern? {
        let path = Array(relativePath.utf8)
        switch dialect {
        case .git:
            return patterns.last { (isDirectory || !$0.isDirectoryOnly) && $0.matches(path, to: path.count) }
        case .dvc:
            return dvcDecision(isDirectory ? path + [UInt8(ascii: "/")] : path, count: path.count)
        }
    }

    /// DVC joins neighbouring rules of one kind into one expression and names the first of those that matches.
    private func dvcDecision(_ path: [UInt8], count: Int) -> IgnorePattern? {
        let isDirectory = path.count > count
        func matches(_ pattern: IgnorePattern) -> Bool {
            (isDirectory || !pattern.isDirectoryOnly)
                && (pattern.matches(path, to: count) || (isDirectory && pattern.matches(path, to: path.count)))
        }
        guard let last = patterns.lastIndex(where: matches) else { return nil }
        let found = patterns[last]
        if found.isNegated { return found }
        var first = last
        while first > 0, !patterns[first - 1].isNegated,
            patterns[first - 1].isDirectoryOnly == found.isDirectoryOnly
        {
            first -= 1
        }
        let group = patterns[first...last]
        return group.first { $0.matches(path, to: count) } ?? group.first { $0.matches(path, to: path.count) } ?? found
    }
}
