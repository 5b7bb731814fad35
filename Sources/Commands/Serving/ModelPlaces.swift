import Basics
import Projects

/// Finds the files of models that go by the names of artifacts.
final class ModelPlaces {
    private let environment: Project.Environment
    /// By folder; a project is looked through once.
    private var paths: [String: ArtifactPaths] = [:]

    init(_ environment: Project.Environment) {
        self.environment = environment
    }

    /// The absolute path of an artifact; nil for what is none.
    func artifact(_ name: String, in directory: String) throws -> String? {
        // No artifact has such a name, and looking through a project takes its time.
        if name.contains("."), !name.contains(":") { return nil }
        if name.contains("/"), Files.exists(Paths.absolute(name, from: directory)) { return nil }
        if let known = paths[directory] { return known[name] }
        let found = try ArtifactPaths(in: directory, environment)
        paths[directory] = found
        return found[name]
    }
}
