import Basics
import Git
import OrderedCollections
import Pipelines
package import Registry
package import Values

/// An entry of `artifacts:` in a `dvc.yaml`.
package struct ModelArtifact: Sendable {
    /// The name as the user writes it, with the folder of `dvc.yaml`.
    package let fullName: String
    /// The name in its `dvc.yaml`.
    let key: String
    /// The name in tags; nil when it has none.
    package let name: ModelName?
    /// The absolute path of the `dvc.yaml`.
    package let pipeline: String
    /// Absolute.
    package let path: String
    package let type: String?
    package let description: String?
    package let labels: [String]
    package let meta: Value?

    init(key: String, value: Value, pipeline: String, top: String) {
        let parent = Paths.parent(pipeline)
        let folder = parent == top ? nil : Paths.relative(parent, to: top)
        name = ModelName(folder: folder, name: key)
        self.key = key
        fullName = folder.map { "\($0):\(key)" } ?? key
        self.pipeline = pipeline
        path = Paths.absolute(value["path"]?.string ?? "", from: Paths.parent(pipeline))
        type = value["type"]?.string
        description = value["desc"]?.string
        labels = (value["labels"]?.list ?? []).compactMap(\.string)
        meta = value["meta"]
    }
}

extension Project {
    /// Where names of models start: the top of the Git repository, or of a project without one.
    var registryTop: String { git?.root ?? root }

    /// The artifacts of the project's pipelines, sorted by name.
    func artifacts(in index: StageIndex) -> [ModelArtifact] {
        let found = index.pipelines.flatMap { pipeline in
            pipeline.file.artifacts.map { key, value in
                ModelArtifact(key: key.text, value: value, pipeline: pipeline.path, top: registryTop)
            }
        }
        return found.sorted { $0.fullName.utf8.lexicographicallyPrecedes($1.fullName.utf8) }
    }
}
