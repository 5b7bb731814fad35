import Basics
import Git
import Metafiles
import Pipelines

extension Project {
    func checkName(of definition: StageDefinition) throws(StageDefinitionError) {
        if definition.command.allSatisfy(\.isEmpty) { throw .commandMissing }
        if definition.name.isEmpty { throw .nameMissing }
        if definition.name.contains(where: StageDefinitionError.isPunctuation) { throw .invalidName(definition.name) }
    }

    /// Checks the stage by itself: its folder, what it names as outputs, paths that are named twice.
    func checkPaths(of stage: Stage) throws {
        try checkFolder(of: stage)
        for path in stage.dependencies.map(\.entry.path) + stage.outputs.map(\.entry.path)
        where path.hasSuffix(".dvc") || Paths.name(path) == "dvc.yaml" {
            throw StageDefinitionError.metafile(path)
        }
        for output in stage.outputs where isIgnored(output.path) {
            throw StageDefinitionError.ignoredOutput(shown(output.path))
        }
        let outside = stage.outputs.filter { $0.entry.usesCache && (!$0.isInProject || $0.entry.path.contains("://")) }
        if !outside.isEmpty { throw StageDefinitionError.outsideOutputs(outside.map(\.entry.path)) }
        let written = Set(stage.outputs.map(\.path))
        if let both = stage.dependencies.first(where: { written.contains($0.path) }) {
            throw StageDefinitionError.circular(shown(both.path))
        }
        var seen: Set<String> = []
        for path in stage.dependencies.map(\.path) + stage.outputs.map(\.path) where !seen.insert(path).inserted {
            throw StageDefinitionError.repeated(path.hasPrefix("/") ? shown(path) : path)
        }
    }

    private func checkFolder(of stage: Stage) throws {
        let folder = stage.workingDirectory
        if !Files.exists(folder) { throw StageDefinitionError.workingDirectoryMissing(shown(folder)) }
        if !Files.isDirectory(folder) { throw StageDefinitionError.workingDirectoryIsFile(shown(folder)) }
        if !Paths.isSameOrInside(folder, root) { throw ProjectError.outsideProject(shown(folder)) }
    }

    /// Whether `.dvcignore` leaves out what is at the path or, when nothing is, a file or directory there.
    private func isIgnored(_ path: String) -> Bool {
        guard let relative = Paths.inside(path, of: root) else { return false }
        let kinds = Files.exists(path) ? [Files.isDirectory(path)] : [false, true]
        return kinds.contains { ignoreRules.isIgnored(relative, isDirectory: $0) }
    }

    /// Checks that the stages of the project, with `stage` among them, can form a graph.
    func checkGraph(of index: inout StageIndex, with stage: Stage) throws {
        if let position = index.position(of: stage.id) {
            index.stages[position] = stage
        } else {
            index.stages.append(stage)
        }
        do {
            _ = try graph(of: index)
        } catch StageGraphError.duplicateOutput(let output, let stages) {
            let own = stage.id.address(from: environment.workingDirectory)
            let others = stages.filter { $0 != own }
            throw StageGraphError.duplicateOutput(output: output, stages: others.isEmpty ? stages : others)
        }
    }
}
