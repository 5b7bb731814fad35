import Configuration
import ObjectStore
import Remotes

extension Project {
    /// Opens a remote, the default one without a name, for the objects of one hash kind.
    func openRemote(_ name: String?, kind: HashKind) throws -> any Remote {
        guard let name = name ?? configuration.defaultRemoteName else { throw ProjectError.noRemote }
        let settings = try configuration.remote(name)
        if !settings.scheme.isEmpty { throw ProjectError.unsupportedRemote(settings.url) }
        return LocalRemote(root: settings.url, kind: kind, isShared: settings.string("shared") == "group")
    }

    /// What moves objects between the cache and a place outside of it.
    func transfer(_ place: UsedData.Place, jobs: Int?) throws -> Transfer {
        let remote = try openRemote(place.remote, kind: place.kind)
        let settings = try (place.remote ?? configuration.defaultRemoteName).map { try configuration.remote($0) }
        return Transfer(store: store(of: place.kind), remote: remote, jobs: jobs ?? settings?.integer("jobs"))
    }

    /// The cache for the objects of one hash kind.
    func store(of kind: HashKind) -> ObjectStore { kind == .md5 ? store : legacyStore }
}
