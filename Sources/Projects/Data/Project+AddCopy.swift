import Basics
import Metafiles
import ObjectStore

extension Project {
    /// Puts a copy of a file or directory from anywhere under version control.
    func addCopy(
        of targets: [String],
        to destination: String,
        _ options: AddOptions,
        _ changes: inout ChangedFileNames
    ) throws {
        guard let target = targets.first, targets.count == 1 else { throw ProjectError.severalTargets }
        if target.contains("://") { throw ProjectError.unsupportedRemote(target) }
        let source = absolute(target)
        var path = absolute(destination)
        if Files.isDirectory(path) { path = Paths.join(path, Paths.name(source)) }
        let name = shown(path)
        if try Files.status(path) != nil, !options.overwrites { throw ProjectError.alreadyThere(name) }
        if !Files.isDirectory(Paths.parent(path)) { throw ProjectError.missingTarget(shown(Paths.parent(path))) }
        var plan = try AddPlan([path], in: self)
        guard let place = plan.places.first, plan.outputPaths == [path] else { throw ProjectError.partOfOutput(name) }
        // Taken in without the project's rules about what is ignored, and left as it is.
        let origin = Workspace(store: store, index: index, linkTypes: [.copy])
        guard let addition = try origin.add(source, relink: false) else { throw ProjectError.missingTarget(target) }
        let result = try workspace(at: path).checkout(
            addition.state.id,
            to: path,
            isExecutable: addition.state.isExecutable,
            loss: options.overwrites ? .force : .refuse
        )
        if !result.unlinkable.isEmpty { changes.unlinked.append(name) }
        links.set(path, addition.state.id)
        try ignore(path, trackedByGit: nil, &changes)
        plan.index.stages[place.stage].outputs[place.output].entry.record(RecordedContent(addition.state))
        try writeOutputs(of: plan.index.stages[place.stage], &changes)
    }
}
