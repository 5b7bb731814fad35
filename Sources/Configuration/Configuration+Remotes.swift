extension Configuration {
    /// The remotes in the order they first come up, weakest level first; those without a URL are left out.
    package var remotes: [RemoteSettings] {
        merged.sections.filter { $0.name.kind == .remote }.compactMap(Self.settings)
    }

    /// The remotes one level's file describes, for `remote list` of that level.
    package func remotes(of level: Level) throws(ConfigurationError) -> [RemoteSettings] {
        guard let file = files[level] else { return [] }
        var settings = MergedSettings()
        try settings.merge(file, level: level, home: home)
        return settings.sections.filter { $0.name.kind == .remote }.compactMap(Self.settings)
    }

    /// The name of the remote that `core.remote` chooses.
    package var defaultRemoteName: String? { string("core", "remote") }

    /// The name of the remote that one level's file chooses; without a level the one that counts.
    package func defaultRemoteName(of level: Level?) throws(ConfigurationError) -> String? {
        guard let level else { return defaultRemoteName }
        return try setting("remote", in: SectionName("core"), of: level)?.value.text?.lowercased()
    }

    /// A remote with the settings of those it refers to by a `remote://name/path` URL below its own.
    package func remote(_ name: String) throws(ConfigurationError) -> RemoteSettings {
        try remote(name, visited: [])
    }

    /// What a URL such as `remote://name/path` leads to: the settings of the remote, with the path behind its URL.
    ///
    /// Nil for any other URL.
    package func remote(referredToBy url: String) throws(ConfigurationError) -> RemoteSettings? {
        guard let (name, path) = Self.reference(url) else { return nil }
        let base = try remote(name)
        return RemoteSettings(name: base.name, url: Self.join(base.url, path), options: base.options)
    }

    private func remote(_ name: String, visited: Set<String>) throws(ConfigurationError) -> RemoteSettings {
        let key = name.lowercased()
        guard let section = merged.section(.remote(key)), let own = Self.settings(section) else {
            throw .remoteNotFound(name, near: merged.remote(near: name))
        }
        guard let (baseName, path) = Self.reference(own.url) else { return own }
        if visited.contains(key) { throw .circularRemote(name) }
        let base = try remote(baseName, visited: visited.union([key]))
        let options = base.options.merging(own.options) { _, own in own }
        return RemoteSettings(name: own.name, url: Self.join(base.url, path), options: options)
    }

    private static func settings(_ section: MergedSettings.Section) -> RemoteSettings? {
        var options: [String: ConfigurationValue] = [:]
        for (key, setting) in section.settings { options[key] = setting.value }
        guard let url = options.removeValue(forKey: "url")?.text else { return nil }
        return RemoteSettings(name: section.name.name, url: url, options: options)
    }

    private static func reference(_ url: String) -> (name: String, path: String)? {
        guard ConfiguredPath.scheme(url) == "remote" else { return nil }
        let rest = url.dropFirst("remote://".count)
        let name = rest.prefix { $0 != "/" }
        return (String(name), String(rest.dropFirst(name.count).drop { $0 == "/" }))
    }

    private static func join(_ url: String, _ path: String) -> String {
        if path.isEmpty { return url }
        return url.hasSuffix("/") ? url + path : "\(url)/\(path)"
    }
}
