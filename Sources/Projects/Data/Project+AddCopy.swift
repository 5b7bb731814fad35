import Basics
import Metafiles
import ObjectStore

extension Project {
    /// Puts data from anywhere under version control: as a copy in the workspace, or in a remote only.
    func addCopy(of targets: [String], _ options: AddOptions, _ changes: inout ChangedFileNames) throws {
        guard let target = targets.first, targets.count == 1 else { throw ProjectError.severalTargets }
        if target.contains("://") { throw ProjectError.unsupportedRemote(target) }
        let source = absolute(target)
        var path = absolute(options.destination ?? Paths.name(source))
        if options.destination != nil {
            if Files.isDirectory(path) { path = Paths.join(path, Paths.name(source)) }
            if try Files.status(path) != nil, !options.overwrites { throw ProjectError.alreadyThere(shown(path)) }
        }
        if !Files.isDirectory(Paths.parent(path)) { throw ProjectError.missingFolder(shown(Paths.parent(path))) }
        var plan = try AddPlan([path], in: self)
        guard let place = plan.places.first, plan.outputPaths == [path] else {
            throw ProjectError.partOfOutput(shown(path))
        }
        if !isOwn(path) { throw ProjectError.outsideProject(shown(path)) }
        let state =
            options.bypassesCache
            ? try send(source, target, options) : try copy(source, target, to: path, options, &changes)
        plan.index.stages[place.stage].outputs[place.output].entry.record(RecordedContent(state))
        try writeOutputs(of: plan.index.stages[place.stage], &changes)
    }

    private func copy(
        _ source: String,
        _ target: String,
        to path: String,
        _ options: AddOptions,
        _ changes: inout ChangedFileNames
    ) throws -> OutputState {
        let state = try take(source, target, into: store)
        let result = try workspace(at: path).checkout(
            state.id,
            to: path,
            isExecutable: state.isExecutable,
            loss: options.overwrites ? .force : .refuse
        )
        if !result.unlinkable.isEmpty { changes.unlinked.append(shown(path)) }
        links.set(path, state.id)
        try ignore(path, trackedByGit: nil, &changes)
        return state
    }

    /// Sends the data to the remote by way of a store that goes afterwards.
    private func send(_ source: String, _ target: String, _ options: AddOptions) throws -> OutputState {
        let remote = try openRemote(options.remote, kind: .md5)
        let name = "staging-\(UInt64.random(in: 0 ... .max))"
        let staging = ObjectStore(root: Paths.join(folder, "tmp/apus/\(name)"), kind: .md5)
        defer { try? Files.remove(staging.root) }
        let state = try take(source, target, into: staging)
        let result = try Transfer(store: staging, remote: remote, jobs: options.jobs).push([state.id])
        if let failure = result.failed.first { throw failure.error }
        let missing = result.missing.count + result.held.count
        if missing > 0 { throw ProjectError.incompleteTransfer(missing) }
        return state
    }

    /// Takes data in without the project's rules about what is ignored, and leaves it as it is.
    private func take(_ source: String, _ target: String, into store: ObjectStore) throws -> OutputState {
        let origin = Workspace(store: store, index: index, linkTypes: [.copy])
        guard let addition = try origin.add(source, relink: false) else { throw ProjectError.missingTarget(target) }
        return addition.state
    }
}
