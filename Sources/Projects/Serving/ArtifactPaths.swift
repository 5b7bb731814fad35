import Basics
import Registry

/// The models that the `dvc.yaml` files of a project list under `artifacts`, as somebody in a folder names them.
package struct ArtifactPaths: Sendable {
    private let artifacts: [ModelArtifact]
    private let directory: String

    /// Reads the files of the project around a folder; a file that cannot be used has no artifacts.
    package init(in directory: String, _ environment: Project.Environment) throws {
        let project = try Project(environment.moved(to: directory), orFolder: true)
        artifacts = try project.artifacts(in: project.collect(onFault: { _ in }))
        self.directory = Files.canonical(directory) ?? directory
    }

    /// The absolute path of an artifact: the one with this full name, else the one of the folder's own `dvc.yaml`, else
    /// the only one of this name in the project.
    package subscript(name: String) -> String? {
        if let full = ModelName(name), let found = artifacts.first(where: { $0.name == full }) { return found.path }
        let named = artifacts.filter { $0.key == name }
        let own = named.first { Paths.parent($0.pipeline) == directory }
        return (own ?? (named.count == 1 ? named.first : nil))?.path
    }
}
