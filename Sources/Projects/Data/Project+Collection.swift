import Basics
import Git
import Metafiles

extension Project {
    /// All `.dvc` files of the project, in the order of their paths; tracked and ignored directories are not entered.
    package func collectStages() throws -> [Stage] {
        var stages: [Stage] = []
        let gitRules = try git?.ignoreRules()
        try collect(root, gitRules, into: &stages)
        return stages
    }

    /// Reads one `.dvc` file.
    package func stage(at path: String) throws -> Stage {
        do {
            let dataFile = try DataFile(parsing: try Files.read(path), name: shown(path))
            return Stage(id: StageID(metafile: path, name: nil), dataFile: dataFile, root: root)
        } catch let list as DiagnosticList {
            throw ProjectError.invalidMetafile(list)
        }
    }

    private func collect(_ directory: String, _ gitRules: IgnoreRules?, into stages: inout [Stage]) throws {
        let entries = try Files.entries(in: directory)
        var outputs: Set<String> = []
        for entry in entries where entry.kind != .directory && entry.name.hasSuffix(".dvc") && entry.name != ".dvc" {
            let path = Paths.join(directory, entry.name)
            if isIgnored(path, isDirectory: false, gitRules) { continue }
            let stage = try stage(at: path)
            outputs.formUnion(stage.outputs.map(\.path))
            stages.append(stage)
        }
        for entry in entries where entry.kind == .directory {
            let path = Paths.join(directory, entry.name)
            if outputs.contains(path) || isIgnored(path, isDirectory: true, gitRules) { continue }
            try collect(path, gitRules, into: &stages)
        }
    }

    private func isIgnored(_ path: String, isDirectory: Bool, _ gitRules: IgnoreRules?) -> Bool {
        guard let relative = Paths.inside(path, of: root) else { return false }
        if ignoreRules.isIgnored(relative, isDirectory: isDirectory) { return true }
        guard let gitRules, let inGit = Paths.inside(path, of: gitRules.root) else { return false }
        return gitRules.isIgnored(inGit, isDirectory: isDirectory)
    }

    /// The stages a caller means, each with the path inside of an output when only a part is meant.
    package func resolve(_ targets: [String], in stages: [Stage]) throws -> [(stage: Stage, filter: String?)] {
        if targets.isEmpty { return stages.map { ($0, nil) } }
        return try targets.flatMap { target -> [(stage: Stage, filter: String?)] in
            let path = absolute(target)
            if let stage = stages.first(where: { $0.id.metafile == path }) { return [(stage, nil)] }
            let holding = stages.filter { !$0.outputs(holding: path).isEmpty }
            if !holding.isEmpty { return holding.map { ($0, path) } }
            let below = stages.filter { Paths.isSameOrInside($0.id.metafile, path) }
            if !below.isEmpty { return below.map { ($0, nil) } }
            throw ProjectError.unknownTarget(target)
        }
    }
}
