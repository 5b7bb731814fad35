import Basics
import Synchronization

extension Repository {
    /// Those of the paths that Git's ignore rules leave out, whether tracked or not; spelled as given.
    ///
    /// Relative paths start at ``root``; a slash at the end, or a directory on disk, makes a path a directory's.
    package func ignored(among paths: [String]) throws(GitError) -> Set<String> {
        if paths.isEmpty { return [] }
        let rules = try ignoreRules()
        if state.withLock({ $0.asksGitAboutIgnores }) { return try ignoredByGit(paths) }
        return Set(
            paths.filter { path in
                guard let relative = relativePath(of: path) else { return false }
                let isDirectory = path.hasSuffix("/") || Self.isRealDirectory(Paths.join(root, relative))
                return rules.isIgnored(relative, isDirectory: isDirectory)
            }
        )
    }

    /// Whether Git's ignore rules leave the path out.
    package func isIgnored(_ path: String) throws(GitError) -> Bool {
        try !ignored(among: [path]).isEmpty
    }

    /// Git's ignore rules, read once until ``forgetIgnoreRules()``.
    package func ignoreRules() throws(GitError) -> IgnoreRules {
        if let known = state.withLock({ $0.ignoreRules }) { return known }
        let (excludesFile, ignoresCase) = try ignoreSettings()
        let rules = IgnoreRules(
            root: root,
            fileName: ".gitignore",
            dialect: .git,
            sharedFiles: [excludesFile, Paths.join(commonDirectory, "info/exclude")].compactMap(\.self)
        )
        state.withLock {
            $0.ignoreRules = rules
            $0.asksGitAboutIgnores = ignoresCase
        }
        return rules
    }

    /// What Git's configuration says of ignore files, asked once.
    private func ignoreSettings() throws(GitError) -> (excludesFile: String?, ignoresCase: Bool) {
        if let known = state.withLock({ $0.ignoreSettings }) { return known }
        if let read = readIgnoreSettings() {
            state.withLock { $0.ignoreSettings = read }
            return read
        }
        var excludesFile = userIgnoreFile
        var ignoresCase = false
        let query = ["config", "-z", "--type=path", "--get-regexp", "^core\\.(excludesfile|ignorecase)$"]
        for entry in try gitResult(query).output.split(separator: 0) {
            let parts = entry.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
            guard let key = parts.first.map({ String(decoding: $0, as: UTF8.self) }) else { continue }
            let value = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : nil
            if key == "core.excludesfile" {
                excludesFile = value.map { Paths.absolute($0, from: root) }
            } else {
                ignoresCase = !["false", "no", "off", "0", ""].contains(value?.lowercased() ?? "true")
            }
        }
        let settings = (excludesFile: excludesFile, ignoresCase: ignoresCase)
        state.withLock { $0.ignoreSettings = settings }
        return settings
    }

    /// The same from the files, which spares the start of a process; nil when Git must be asked after all.
    private func readIgnoreSettings() -> (excludesFile: String?, ignoresCase: Bool)? {
        guard let outerConfiguration else { return nil }
        var excludesFile = userIgnoreFile
        let own = [Paths.join(commonDirectory, "config"), Paths.join(gitDirectory, "config.worktree")]
        for path in outerConfiguration.files + own {
            guard let content = try? Files.readIfPresent(path) ?? [], let file = SettingsFile(parsing: content) else {
                return nil
            }
            if file.core["ignorecase"] != nil { return nil }
            guard let value = file.core["excludesfile"] else { continue }
            guard let value, let excludes = expanded(value) else { return nil }
            excludesFile = excludes
        }
        return (excludesFile, false)
    }

    /// A path as settings have it; nil when only Git knows what it stands for.
    private func expanded(_ path: String) -> String? {
        if path.hasPrefix("~/") { return outerConfiguration?.home.map { Paths.join($0, String(path.dropFirst(2))) } }
        if path.isEmpty || path.hasPrefix("~") || path.hasPrefix("%") || path.hasPrefix(":") { return nil }
        return Paths.absolute(path, from: root)
    }

    /// Makes the next question read the ignore files anew; to be called when one has changed.
    package func forgetIgnoreRules() { state.withLock { $0.ignoreRules = nil } }

    /// A directory that is not reached through a link: what Git takes for one.
    private static func isRealDirectory(_ path: String) -> Bool {
        (try? Files.status(path))?.kind == .directory
    }

    private func ignoredByGit(_ paths: [String]) throws(GitError) -> Set<String> {
        var input: [UInt8] = []
        var asked: [String: [String]] = [:]
        for path in paths {
            guard let relative = relativePath(of: path), !relative.isEmpty else { continue }
            let name = path.hasSuffix("/") ? relative + "/" : relative
            asked[name, default: []].append(path)
            input += Array(name.utf8) + [0]
        }
        let result = try gitResult(["check-ignore", "-z", "--no-index", "--stdin"], input: input)
        guard result.ending.isSuccess || result.ending == .exited(1) else {
            throw .commandFailed(command: "check-ignore", message: result.errorText)
        }
        let names = result.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return Set(names.flatMap { asked[$0] ?? [] })
    }
}
