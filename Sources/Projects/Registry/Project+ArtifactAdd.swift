import Basics
import Git
import OrderedCollections
import Pipelines
import Registry
package import Values
import YAML

extension Project {
    /// An entry of `artifacts:` to be written.
    package struct NewArtifact: Sendable {
        /// The name within its `dvc.yaml`.
        package let name: String
        /// As the caller types it.
        package let path: String
        package var type: String? = "model"
        package var description: String?
        package var labels: [String] = []
        package var meta: Value?

        package init(name: String, path: String) {
            self.name = name
            self.path = path
        }
    }

    /// Declares an artifact in the `dvc.yaml` of the working directory, and gives the file as the caller would type it.
    ///
    /// An artifact of that name is changed only with `replacing`; what the new one does not say then stays.
    package func addArtifact(_ artifact: NewArtifact, replacing: Bool = false) throws -> String {
        try addArtifact(artifact, to: absolute("dvc.yaml"), replacing: replacing)
    }

    func addArtifact(_ artifact: NewArtifact, to path: String, replacing: Bool) throws -> String {
        guard ModelName(folder: nil, name: artifact.name) != nil else { throw RegistryError.invalidName(artifact.name) }
        let target = absolute(artifact.path)
        guard Paths.inside(target, of: root) != nil, isOwn(target) else {
            throw ProjectError.outsideProject(artifact.path)
        }
        if let git, try git.isIgnored(path) { throw ProjectError.metafileIgnored(shown(path)) }
        let document = try document(at: path)
        let key = Value.Key(artifact.name)
        let old = document.value["artifacts"]?[key]?.map
        if old != nil, !replacing { throw RegistryError.artifactExists(artifact.name, file: shown(path)) }
        var fields = old ?? [:]
        fields["path"] = .string(Paths.relative(target, to: Paths.parent(path)))
        if let type = artifact.type { fields["type"] = .string(type) }
        if let description = artifact.description { fields["desc"] = .string(description) }
        if !artifact.labels.isEmpty { fields["labels"] = .list(artifact.labels.map { .string($0) }) }
        if let meta = artifact.meta { fields["meta"] = meta }
        var editor = YAMLEditor(document)
        editor.set(.map(fields), at: ["artifacts", .key(key)])
        try writeMetafile(editor.text, to: path)
        return shown(path)
    }
}
