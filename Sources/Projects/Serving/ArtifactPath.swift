import Basics
import Values
import YAML

/// Finds models that `dvc.yaml` lists under `artifacts`.
package enum ArtifactPath {
    /// The path of an artifact, relative to the folder of the `dvc.yaml`; nil when there is none of that name.
    package static func named(_ name: String, in directory: String) -> String? {
        guard let bytes = try? Files.readIfPresent(Paths.join(directory, "dvc.yaml")),
            let document = try? YAMLDocument(parsing: bytes)
        else { return nil }
        return document.node(at: ["artifacts", .key(Value.Key(name)), "path"])?.value.string
    }
}
