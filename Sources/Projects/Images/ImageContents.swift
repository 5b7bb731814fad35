import Basics
import Images
import Inference
import OrderedCollections
import Values
import YAML

/// Finds the files of an image and says where they go.
struct ImageContents {
    let definition: ImageDefinition
    let services: [ServiceDefinition]
    /// The path of the `apus.yaml`.
    let file: String
    var directory: String { Paths.parent(file) }

    static let folder = "app"
    static let models = "models"
    static let program = "usr/local/bin/apus"
    static let runtimeFolder = "opt/onnxruntime/lib"
    static let packages = "opt/apus/python"

    var usesONNX: Bool { services.contains { if case .onnx = $0.engine { true } else { false } } }
    var usesPython: Bool { services.contains { if case .python = $0.engine { true } else { false } } }

    /// Code and configuration: the file of services as it is in the image, what it names, and what is included.
    func code() throws -> LayerPlan {
        var plan = LayerPlan("code and configuration")
        plan.add(.init(Paths.join(Self.folder, ServiceFile.name), .bytes(try serviceFile())))
        for service in services {
            if let labels = service.output?.labelsPath { try include(labels, &plan) }
            if case .python(let target) = service.engine, let path = Self.pythonFile(target, directory) {
                try include(path, &plan)
            }
        }
        for path in definition.include { try include(path, &plan) }
        return plan
    }

    /// One layer for each model, so that a new one travels alone.
    func modelLayers() throws -> [LayerPlan] {
        try services.compactMap { service in
            guard let path = modelPath(service) else { return nil }
            guard Files.exists(path) else {
                throw MissingImageFile(path: Paths.relative(path, to: directory))
            }
            var plan = LayerPlan("model \(service.name)")
            let target = Paths.join(Self.models, service.name)
            try plan.add(path, as: Paths.join(target, Paths.name(path)))
            for other in try ExternalData.files(of: path) {
                try plan.add(Paths.join(Paths.parent(path), other), as: Paths.join(target, other))
            }
            return plan
        }
    }

    /// The path of a service's model on this machine.
    func modelPath(_ service: ServiceDefinition) -> String? {
        guard case .onnx(let name) = service.engine else { return nil }
        let path = ArtifactPath.named(name, in: service.directory) ?? name
        return Paths.absolute(path, from: service.directory)
    }

    /// `apus.yaml` with the services of the image alone, and their models where the image has them.
    private func serviceFile() throws -> [UInt8] {
        let document = try YAMLDocument(parsing: Files.read(file))
        let all = document.root?["services"]?.value.map ?? [:]
        var kept: Value.Map = [:]
        for service in services {
            let key = Value.Key(service.name)
            guard var map = all[key]?.map else { continue }
            if let path = modelPath(service) {
                map["model"] = .string("/\(Self.models)/\(service.name)/\(Paths.name(path))")
            }
            kept[key] = .map(map)
        }
        return YAMLEmitter.emit(.map(["services": .map(kept)]))
    }

    /// Adds a file or folder of the project at the same place below the image's folder.
    private func include(_ path: String, _ plan: inout LayerPlan) throws {
        let source = Paths.absolute(path, from: directory)
        guard source == directory || Paths.inside(source, of: directory) != nil else {
            throw ImageError.invalid("'\(path)' cannot be in the image: it is outside of '\(directory)'")
        }
        guard Files.exists(source) else { throw MissingImageFile(path: path) }
        let inside = Paths.inside(source, of: directory)
        let target = inside.map { Paths.join(Self.folder, $0) } ?? Self.folder
        // The image has a file of its own of that name.
        try plan.add(source, as: target) { below in
            !isExcluded(below) && (inside != nil || below != ServiceFile.name)
        }
    }

    /// Whether a path below a folder is left out: what others have no use for, what they must not see, what is excluded.
    private func isExcluded(_ path: String) -> Bool {
        let name = Paths.name(path)
        if [".git", ".dvc", "__pycache__", ".venv", "node_modules", ".DS_Store", ".netrc", ".ssh", ".aws"].contains(
            name
        ) {
            return true
        }
        if name.hasPrefix(".env") || [".pyc", ".pem", ".key", ".p12"].contains(where: name.hasSuffix) { return true }
        return definition.exclude.contains { pattern in
            NamePattern.matches(pattern.contains("/") ? path : name, pattern)
        }
    }

    /// The file of `file.py:Class` or `module:Class`; nil for a module that is not in the folder.
    private static func pythonFile(_ target: String, _ directory: String) -> String? {
        let module = String(target.prefix { $0 != ":" })
        if module.hasSuffix(".py") { return module }
        let path = module.split(separator: ".").joined(separator: "/")
        return [path + ".py", path].first { Files.exists(Paths.absolute($0, from: directory)) }
    }
}

/// A file that an image cannot do without.
package struct MissingImageFile: HintedError, CustomStringConvertible {
    package let path: String

    package var description: String { "'\(path)', which belongs into the image, is not there" }
    package var hint: String? { "if it is under version control, 'apus pull \(path)' fetches it" }
}
