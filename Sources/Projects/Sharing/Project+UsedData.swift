import Basics
import Configuration
import Git
import Metafiles
import ObjectStore

extension Project {
    /// What an output is asked about when data is gathered.
    struct Candidate {
        let index: StageIndex
        let stage: Stage
        let output: Output
    }

    /// The objects of the outputs that are meant, in the workspace and in the revisions; workspace first.
    ///
    /// `onFault` is told of a revision that cannot be read, which is then passed over; if none can, or without it, the
    /// fault is thrown. Data of other repositories is not among it.
    func usedData(
        _ selection: DataSelection,
        onFault: ((String, any Error) -> Void)? = nil,
        where isMeant: (Candidate) -> Bool
    ) throws -> UsedData {
        var used = UsedData()
        var failure: (any Error)?
        var isRead = false
        let memo = MetafileMemo()
        func attempt(_ name: String, _ source: () throws -> any FileSource) throws {
            do {
                try gather(selection, from: source(), memo, into: &used, where: isMeant)
                isRead = true
            } catch {
                guard let onFault else { throw error }
                onFault(name, error)
                failure = error
            }
        }
        try attempt("workspace") { WorkspaceFiles() }
        var seen: Set<String> = []
        for found in try commits(in: selection.revisions) where seen.insert(found.commit).inserted {
            let name = found.name == found.commit ? String(found.name.prefix(7)) : found.name
            try attempt(name) { try RevisionFiles(found.commit, of: requiredGit()) }
        }
        if !isRead, let failure { throw failure }
        return used
    }

    private func gather(
        _ selection: DataSelection,
        from source: any FileSource,
        _ memo: MetafileMemo,
        into used: inout UsedData,
        where isMeant: (Candidate) -> Bool
    ) throws {
        let index = try collect(from: source, memo: memo)
        for found in try select(selection.targets, in: index, selection.options) {
            let stage = index.stages[found.position]
            if stage.isRepositoryImport { continue }
            for output in stage.outputs(holding: found.filter) where output.entry.usesCache {
                guard let id = output.object, isMeant(Candidate(index: index, stage: stage, output: output)) else {
                    continue
                }
                let place = UsedData.Place(
                    remote: output.entry.remote ?? selection.remote ?? configuration.defaultRemoteName,
                    kind: output.isLegacy ? .md5DOS2Unix : .md5
                )
                let subpath = found.filter.flatMap { Paths.inside($0, of: output.path) }
                used.add(id, name: output.path, subpath: subpath, to: place)
            }
        }
    }
}

extension Stage {
    /// Whether the data is that of another repository, which is asked for it instead of a remote.
    var isRepositoryImport: Bool {
        isImport && dependencies.contains { $0.entry.isImportedFromRepository }
    }
}
