import Basics
import Git
import Metafiles
package import Pipelines

extension Project {
    /// How targets are read.
    package struct TargetOptions: Sendable {
        /// The stages that the targets depend on count too.
        package var withDependencies = false
        /// A directory stands for all stages below it.
        package var isRecursive = false
        /// Names are patterns of `*`, `?` and `[…]`.
        package var isPattern = false

        package init(withDependencies: Bool = false, isRecursive: Bool = false, isPattern: Bool = false) {
            self.withDependencies = withDependencies
            self.isRecursive = isRecursive
            self.isPattern = isPattern
        }
    }

    /// A stage that a caller means, with the path inside of an output when only that is meant.
    package struct Selection: Sendable {
        package let position: Int
        package let filter: String?
    }

    /// The stages or outputs that targets name, by their positions in the index; all of them without targets.
    ///
    /// DVC's order of questions: a metafile, a directory (when recursive), a stage or group, an output.
    package func select(
        _ targets: [String],
        in index: StageIndex,
        _ options: TargetOptions = TargetOptions()
    ) throws -> [Selection] {
        if targets.isEmpty { return index.stages.indices.map { Selection(position: $0, filter: nil) } }
        return try targets.flatMap { try select($0, in: index, options) }
    }

    private func select(_ target: String, in index: StageIndex, _ options: TargetOptions) throws -> [Selection] {
        let isDirectory = options.isRecursive && Files.isDirectory(absolute(target))
        let parsed = try StageTarget(target)
        if let file = parsed.file, StageTarget.isMetafile(file), !options.withDependencies {
            return try stages(target, in: index, options).map { Selection(position: $0, filter: nil) }
        }
        if parsed.file == nil, !isDirectory, let found = try? stages(target, in: index, options), !found.isEmpty {
            return found.map { Selection(position: $0, filter: nil) }
        }
        if !isDirectory, parsed.file == nil || parsed.name == nil {
            let path = absolute(target)
            if let holder = index.stages.firstIndex(where: { !$0.outputs(holding: path).isEmpty }) {
                return [Selection(position: holder, filter: path)]
            }
        }
        do {
            return try stages(target, in: index, options).map { Selection(position: $0, filter: nil) }
        } catch let error as ProjectError {
            switch error {
            case .stageNotFound, .missingMetafile:
                if parsed.file != nil { throw error }
                throw ProjectError.unknownTarget(target, file: "dvc.yaml", near: near(target, in: index))
            default: throw error
            }
        }
    }

    /// The stages that a target names, by their positions in the index.
    package func stages(
        _ target: String,
        in index: StageIndex,
        _ options: TargetOptions = TargetOptions()
    ) throws -> [Int] {
        let directory = absolute(target)
        if options.isRecursive, Files.isDirectory(directory) {
            return try graph(of: index).order().filter {
                Paths.isSameOrInside(index.stages[$0].id.metafile, directory)
            }
        }
        let found = try load(StageTarget(target, isPattern: options.isPattern), in: index, options)
        if !options.withDependencies { return found }
        let graph = try graph(of: index)
        var seen: Set<Int> = []
        return found.flatMap { graph.order(targets: [$0]) }.filter { seen.insert($0).inserted }
    }

    /// The graph of the stages, with addresses as the caller would type them.
    package func graph(of index: StageIndex) throws -> StageGraph {
        try index.graph(from: environment.workingDirectory)
    }

    /// The stages that a target without a path's meaning names; groups only if `acceptsGroups`.
    func load(
        _ target: StageTarget,
        in index: StageIndex,
        _ options: TargetOptions,
        acceptsGroups: Bool = true
    ) throws -> [Int] {
        let file = target.file ?? "dvc.yaml"
        let path = absolute(file)
        let positions = index.positions(inFile: path)
        if positions.isEmpty, index.pipeline(at: path) == nil { throw missing(file, path) }
        guard let name = target.name, Paths.name(path) == "dvc.yaml" else { return positions }
        let group = positions.filter { index.stages[$0].definition?.group == name }
        if acceptsGroups, !group.isEmpty { return group }
        if options.isPattern {
            return positions.filter { index.stages[$0].id.name.map { NamePattern.matches($0, name) } ?? false }
        }
        if let position = positions.first(where: { index.stages[$0].id.name == name }) { return [position] }
        if let pipeline = index.pipeline(at: path) {
            do {
                _ = try pipeline.file.stage(named: name)
            } catch {
                let fault = PipelineDocument.diagnostic(error, in: pipeline.document, name: file)
                throw ProjectError.invalidMetafile(DiagnosticList([fault]))
            }
        }
        throw ProjectError.stageNotFound(name, file: shown(path), near: near(name, in: index, stagesOnly: true))
    }

    /// A target that is there and may be meant by one that is not: the stage that has it as output, or a like name.
    func near(_ target: String, in index: StageIndex, stagesOnly: Bool = false) -> String? {
        let path = absolute(target)
        let address = { [environment] (stage: Stage) in stage.id.address(from: environment.workingDirectory) }
        if let holder = index.stages.first(where: { !$0.outputs(holding: path).isEmpty }) { return address(holder) }
        let outputs = stagesOnly ? [] : index.stages.lazy.flatMap(\.outputs).map { shown($0.path) }
        return Spelling.nearest(target, among: index.stages.map(address) + outputs)
    }

    /// The nearest `dvc.yaml` in the folders above a missing one.
    private func pipelineAbove(_ path: String) -> String? {
        guard Paths.name(path) == "dvc.yaml" else { return nil }
        var folder = Paths.parent(path)
        while folder != root, Paths.isSameOrInside(folder, root) {
            folder = Paths.parent(folder)
            let candidate = Paths.join(folder, "dvc.yaml")
            if Files.exists(candidate) { return shown(candidate) }
        }
        return nil
    }

    private func missing(_ file: String, _ path: String) -> ProjectError {
        guard Files.exists(path) else { return .missingMetafile(file, near: pipelineAbove(path)) }
        let isIgnored = Paths.inside(path, of: root).map { ignoreRules.isIgnored($0, isDirectory: false) } ?? false
        if isIgnored { return .ignoredMetafile(file) }
        return StageTarget.isMetafile(path) ? .metafileIgnored(file) : .notAMetafile(file)
    }
}
