import Basics
import Git
import Metafiles
import OrderedCollections
import Pipelines
import Values

/// Which stage each target of `add` belongs to: one that is there, or a new one.
struct AddPlan {
    struct Place {
        /// As the caller typed it.
        let target: String
        let path: String
        /// The position of the stage in the index, and of its output that is the path or holds it.
        let stage: Int
        let output: Int
    }

    /// With the new stages at its end.
    var index: StageIndex
    private(set) var places: [Place] = []
    private var outputs: [String: (stage: Int, output: Int)] = [:]
    private let project: Project

    /// Finds the places and makes sure that the outputs of all stages go together.
    init(_ targets: [String], in project: Project) throws {
        self.project = project
        index = try project.collect()
        for (number, stage) in index.stages.enumerated() {
            for (position, output) in stage.outputs.enumerated() { outputs[output.path] = (number, position) }
        }
        let known = index.stages.count
        var seen: Set<String> = []
        for target in targets where seen.insert(project.absolute(target)).inserted { try add(target) }
        do {
            _ = try project.graph(of: index)
        } catch let error as StageGraphError {
            throw translated(error, known: known)
        }
    }

    /// Paths of the outputs that the targets are, or are part of.
    var outputPaths: [String] { places.map { index.stages[$0.stage].outputs[$0.output].path } }

    /// Those of them that Git is not to see, each once.
    var pathsToIgnore: [String] {
        var seen: Set<String> = []
        let outputs = places.map { index.stages[$0.stage].outputs[$0.output] }
        return outputs.filter { $0.entry.usesCache && seen.insert($0.path).inserted }.map(\.path)
    }

    private mutating func add(_ target: String) throws {
        let path = project.absolute(target)
        guard Paths.inside(path, of: project.root) != nil else { throw ProjectError.outsideProject(target) }
        try requireNoLink(path)
        if let (stage, output) = holder(of: path) {
            if index.stages[stage].command != nil {
                let address = index.stages[stage].id.address(from: project.environment.workingDirectory)
                throw ProjectError.notADataSource(target, stage: address)
            }
            return places.append(Place(target: target, path: path, stage: stage, output: output))
        }
        let stage = try newStage(path, target)
        places.append(Place(target: target, path: path, stage: index.stages.count, output: 0))
        index.stages.append(stage)
    }

    /// The output that is the path, or a directory above it.
    private func holder(of path: String) -> (stage: Int, output: Int)? {
        var current = path
        while current.utf8.count > project.root.utf8.count {
            if let found = outputs[current] { return found }
            current = Paths.parent(current)
        }
        return nil
    }

    /// Refuses links to directories, on the way and as the target: what is below has another path.
    private func requireNoLink(_ path: String) throws {
        var current = path
        while current.utf8.count > project.root.utf8.count {
            let isLink = try Files.status(current)?.kind == .symbolicLink
            if isLink, current != path || Files.isDirectory(path) {
                throw ProjectError.behindLink(project.shown(path), link: project.shown(current))
            }
            current = Paths.parent(current)
        }
    }

    private func newStage(_ path: String, _ target: String) throws -> Stage {
        let name = Paths.name(path)
        let metafile = path + ".dvc"
        if let git = project.git, try git.isIgnored(metafile) {
            throw ProjectError.metafileIgnored(project.shown(metafile))
        }
        try project.requireTrackable(path)
        var file = DataFile(output: Entry(path: name))
        if Files.exists(metafile) {
            // A file of that name about something else: its remarks stay.
            guard var old = try project.dataStage(at: metafile).dataFile else { return Stage(file, metafile, project) }
            let flags = old.outputs.first { $0.path == name }?.fields ?? [:]
            old.fields = old.fields.filter { ["desc", "meta"].contains($0.key) }
            old.dependencies = []
            old.outputs = [Entry(fields: flags.filter { Self.keptFlags.contains($0.key) })]
            old.outputs[0].path = name
            file = old
        }
        return Stage(file, metafile, project)
    }

    private static let keptFlags: Set<Value.Key> = ["desc", "type", "labels", "meta", "remote", "push"]

    /// Says what to do about new outputs that contradict what is there.
    private func translated(_ error: StageGraphError, known: Int) -> any Error {
        guard case .overlappingOutputs(let parent, let parentStage, let inner, let innerStage) = error else {
            return error
        }
        let directory = project.environment.workingDirectory
        let new = Set(index.stages[known...].map { $0.id.address(from: directory) })
        return ProjectError.overlapping(
            child: inner,
            childStage: innerStage,
            parent: parent,
            parentStage: parentStage,
            isParentNew: new.contains(parentStage)
        )
    }
}

extension Stage {
    fileprivate init(_ file: DataFile, _ metafile: String, _ project: Project) {
        self.init(id: StageID(metafile: metafile, name: nil), dataFile: file, root: project.root)
    }
}

extension Project {
    /// Refuses a path that cannot be an output: outside of the project, a metafile, or ignored.
    func requireTrackable(_ path: String) throws {
        let name = shown(path)
        guard let relative = Paths.inside(path, of: root) else { throw ProjectError.outsideProject(name) }
        if StageTarget.isMetafile(path) { throw ProjectError.metafileAsOutput(name) }
        if Paths.isSameOrInside(path, folder) { throw ProjectError.outsideProject(name) }
        if ignoreRules.isIgnored(relative, isDirectory: Files.isDirectory(path)) {
            throw ProjectError.ignoredOutput(name)
        }
    }
}
