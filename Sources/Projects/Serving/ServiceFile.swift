import Basics
import Inference
import Values
import YAML

/// The services of an `apus.yaml`.
package struct ServiceFile: Sendable {
    package static let name = "apus.yaml"

    package let path: String
    /// In the order of the file.
    package let services: [ServiceDefinition]
    /// Where predictions are logged; nil for nowhere.
    package let predictionLog: PredictionLogDefinition?

    /// Reads a file; everything that is wrong with its services is told at once.
    package init(_ path: String) throws {
        try self.init(parsing: Files.read(path), path: path)
    }

    package init(parsing bytes: [UInt8], path: String) throws {
        self.path = path
        let document: YAMLDocument
        do {
            document = try YAMLDocument(parsing: bytes)
        } catch {
            throw ServiceFileError(path: path, faults: [TransformFault(line: error.line, message: error.message)])
        }
        var reader = ServiceReader(directory: Paths.parent(path))
        reader.checkSections(document.root)
        services = reader.services(document.root)
        predictionLog = reader.predictionLog(document.root)
        if !reader.faults.isEmpty { throw ServiceFileError(path: path, faults: reader.faults) }
    }

    /// The file in `directory` or the nearest folder above, as far as the project goes.
    package static func find(from directory: String) -> String? {
        var folder = directory
        while true {
            let path = Paths.join(folder, name)
            if Files.exists(path) { return path }
            let parent = Paths.parent(folder)
            if parent == folder || Files.exists(Paths.join(folder, ".dvc")) || Files.exists(Paths.join(folder, ".git"))
            {
                return nil
            }
            folder = parent
        }
    }

    package subscript(name: String) -> ServiceDefinition? { services.first { $0.name == name } }
}
