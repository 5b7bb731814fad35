import Basics
import Configuration
import Git
import Metafiles
import ObjectStore
package import Tracking

extension Project {
    /// What the answer to `data status` is to hold.
    package struct DataStatusOptions: Sendable {
        /// Whether the files of directories are told one by one.
        package var isGranular = false
        package var showsUnchanged = false
        package var showsUntracked = false
        /// Whether the state of Git is told, which costs a `git status`.
        package var showsGit = true
        package var asksRemote = false
        /// The remote to ask; the default one when nil.
        package var remote: String?

        package init() {}
    }

    /// What differs between the last commit, the metafiles and the workspace; of targets, which are paths, only.
    package func dataStatus(_ targets: [String] = [], _ options: DataStatusOptions) throws -> DataStatus {
        let scope = DataScope(targets.map { relative(absolute($0)) })
        let recorded = try parts(of: WorkspaceFiles(), scope)
        let current = try recorded.compactMap(currentPart)
        var status = DataStatus()

        let pairs = try items(recorded, current, options, findsMissing: true)
        let uncommitted = DataChanges.compare(old: pairs.old, new: pairs.new)
        status.uncommitted = scope.restrict(uncommitted.changes)
        var unchanged = Set(uncommitted.unchanged.filter(scope.contains))
        let missing = try self.missing(among: pairs.old)
        status.notInCache = pairs.old.filter { missing.contains($0) && scope.contains($0.path) }.map(\.shownPath)

        if let committed = try committedParts(scope) {
            let pairs = try items(committed, recorded, options, findsMissing: false)
            let changes = DataChanges.compare(old: pairs.old, new: pairs.new)
            status.committed = scope.restrict(changes.changes)
            unchanged.formIntersection(changes.unchanged)
        }
        if options.showsUnchanged { status.unchanged = unchanged.sorted { $0.precedes($1) } }
        if options.asksRemote { status.notInRemote = try notInRemote(recorded, scope, options) }
        try addGit(to: &status, targets, options)
        return status
    }

    private func parts(of files: any FileSource, _ scope: DataScope) throws -> [DataPart] {
        let index = try collect(from: files)
        let data = RecordedData(index, of: self)
        let outputs = index.stages.flatMap(\.outputs).filter { output in
            output.entry.usesCache && output.isInProject && scope.touches(relative(output.path))
        }
        return outputs.map { output in
            DataPart(output: output, id: output.object) { try data.tree(of: output) }
        }
    }

    /// The data of the last commit: none when there is no commit yet, nil without Git.
    private func committedParts(_ scope: DataScope) throws -> [DataPart]? {
        guard let git else { return nil }
        guard git.head()?.commit != nil else { return [] }
        let files = try RevisionFiles("HEAD", of: git)
        return try files.kind(of: root) == .directory ? try parts(of: files, scope) : []
    }

    /// The items of two times; directories are listed where that can matter.
    private func items(
        _ old: [DataPart],
        _ new: [DataPart],
        _ options: DataStatusOptions,
        findsMissing: Bool
    ) throws -> (old: [DataItem], new: [DataItem]) {
        let news = Dictionary(new.map { ($0.output.path, $0) }) { first, _ in first }
        var unlisted: Set<String> = []
        for part in old where options.isGranular && !options.showsUnchanged {
            guard let new = news[part.output.path], part.isSame(as: new) else { continue }
            if try !findsMissing || isCached(part) { unlisted.insert(part.output.path) }
        }
        func items(_ parts: [DataPart]) throws -> [DataItem] {
            try parts.flatMap { part in
                try part.items(
                    isListed: options.isGranular && !unlisted.contains(part.output.path),
                    root: root
                )
            }
        }
        return (try items(old), try items(new))
    }

    private func notInRemote(
        _ recorded: [DataPart],
        _ scope: DataScope,
        _ options: DataStatusOptions
    ) throws -> [String] {
        var groups: [RemoteKey: [DataItem]] = [:]
        for part in recorded where part.output.entry.isPushed {
            let key = RemoteKey(
                name: part.output.entry.remote ?? options.remote ?? configuration.defaultRemoteName,
                isLegacy: part.output.isLegacy
            )
            let items = try part.items(isListed: options.isGranular, root: root)
            groups[key, default: []] += items.filter { $0.hash != nil && scope.contains($0.path) }
        }
        var lacking: [DataItem] = []
        for (key, items) in groups {
            var existing: Set<ObjectID> = []
            if let name = key.name {
                let remote = try openRemote(name, kind: key.isLegacy ? .md5DOS2Unix : .md5)
                let ids = Set(items.compactMap { $0.hash.flatMap { ObjectID($0) } })
                existing = try remote.existing(among: Array(ids), jobs: remote.preferredJobs)
            }
            lacking += items.filter { item in
                item.hash.flatMap { ObjectID($0) }.map { !existing.contains($0) } ?? true
            }
        }
        return lacking.map(\.shownPath).sorted { $0.precedes($1) }
    }

    private func addGit(to status: inout DataStatus, _ targets: [String], _ options: DataStatusOptions) throws {
        guard let git, options.showsGit || options.showsUntracked else { return }
        let state = try git.status(untracked: options.showsUntracked)
        status.git = .init(
            isEmpty: git.head()?.commit == nil,
            isDirty: state.hasChanges || !state.untracked.isEmpty
        )
        let scope = DataScope(targets.map { Paths.relative(absolute($0), to: git.root) })
        status.untracked = state.untracked.filter(scope.contains).compactMap { file in
            let path = Paths.absolute(file, from: git.root)
            return Paths.inside(path, of: root).map { _ in shown(path) + (file.hasSuffix("/") ? "/" : "") }
        }
    }
}

/// A remote that outputs go to, and the rule of their checksums.
private struct RemoteKey: Hashable {
    let name: String?
    let isLegacy: Bool
}
