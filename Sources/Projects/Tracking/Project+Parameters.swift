import Basics
import Git
import OrderedCollections
import Parameters
import Pipelines
package import Tracking
import Values

extension Project {
    /// How the parameters of two revisions differ; nil when there is no commit yet.
    ///
    /// Without targets these are the parameters of stages, those listed under `params`, and `params.yaml`; only those
    /// of stages when `dependenciesOnly` is true.
    package func parameterDiff(
        _ old: String = "HEAD",
        _ new: String = RevisionScope.workspace,
        targets: [String] = [],
        dependenciesOnly: Bool = false,
        all: Bool = false
    ) throws -> RevisionDiff {
        try diff(of: .parameters, old, new, all: all) { snapshot in
            snapshot.parameters(targets: targets, dependenciesOnly: dependenciesOnly)
        }
    }
}

extension Snapshot {
    /// The values of parameters files by the paths to show.
    func parameters(targets: [String], dependenciesOnly: Bool) -> TrackedFiles {
        var contents: OrderedDictionary<String, TrackedFiles.Content> = [:]
        let requests = requests(targets: targets, dependenciesOnly: dependenciesOnly)
        for file in requests.keys.keys {
            for path in expand(file) { contents[path] = content { requests.select(from: $0, file: file) }(path) }
        }
        if targets.isEmpty {
            for (path, values) in variables() where contents[path] == nil { contents[path] = .value(.map(values)) }
        }
        return TrackedFiles(contents: shown(contents))
    }

    private func requests(targets: [String], dependenciesOnly: Bool) -> ParameterRequests {
        var requests = ParameterRequests()
        for target in targets { requests.add(file: file(target)) }
        if !targets.isEmpty { return requests }
        for dependency in index.stages.flatMap(\.dependencies) {
            if case .parameters(let keys) = dependency.kind { requests.add(file: dependency.path, keys: keys) }
        }
        if dependenciesOnly { return requests }
        for pipeline in index.pipelines {
            for name in pipeline.file.parameterFiles.compactMap(\.string) {
                requests.add(file: Paths.absolute(name, from: pipeline.folder))
            }
        }
        let standard = Paths.join(project.root, ParameterDependency.defaultFile)
        if exists(standard) { requests.add(file: standard) }
        return requests
    }

    /// A target's path: from where the caller is, or else, as DVC has it, from the top of the project.
    private func file(_ target: String) -> String {
        let path = project.absolute(target)
        let other = Paths.absolute(target, from: project.root)
        return !exists(path) && exists(other) ? other : path
    }

    /// The values of files that pipelines use as variables, by file and by key.
    private func variables() -> OrderedDictionary<String, Value.Map> {
        var values: OrderedDictionary<String, Value.Map> = [:]
        for pipeline in index.pipelines {
            for (name, keys) in pipeline.file.usedVariables {
                let path = Paths.absolute(name, from: pipeline.folder)
                guard let file = try? value(of: path) else { continue }
                for key in keys {
                    guard let value = try? ParameterPath(key).value(in: file) else { continue }
                    values[path, default: [:]][Value.Key(key)] = value
                }
            }
        }
        return values
    }

    /// Reads a file and takes what is wanted of it.
    func content(_ select: @escaping (Value) -> Value) -> (String) -> TrackedFiles.Content {
        { path in
            do throws(ReadFailure) {
                return .value(select(try value(of: path)))
            } catch {
                return .failure(error)
            }
        }
    }

    /// The same by the paths to show.
    func shown(
        _ contents: OrderedDictionary<String, TrackedFiles.Content>
    ) -> OrderedDictionary<String, TrackedFiles.Content> {
        OrderedDictionary(contents.map { (project.shown($0.key), $0.value) }) { first, _ in first }
    }
}
