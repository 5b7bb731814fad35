import Basics
import Inference
import OrderedCollections
import Projects

/// The files that services are made of, as they are at one moment.
struct WatchedFiles {
    private var services: [String: [String: FileStatus?]] = [:]
    private let file: FileStatus?
    private let isFileMissing: Bool

    init(_ file: String?, _ definitions: [ServiceDefinition]) {
        self.file = file.flatMap(Self.status)
        isFileMissing = file != nil && self.file == nil
        look(definitions)
    }

    /// Those of other services, with the `apus.yaml` of an earlier moment.
    init(_ definitions: [ServiceDefinition], fileOf other: WatchedFiles) {
        file = other.file
        isFileMissing = other.isFileMissing
        look(definitions)
    }

    private mutating func look(_ definitions: [ServiceDefinition]) {
        for definition in definitions {
            for path in Self.paths(definition) {
                services[definition.name, default: [:]][path] = .some(Self.status(path))
            }
        }
    }

    /// Whether something has changed, and nothing is missing because it is being replaced right now.
    func differs(from other: WatchedFiles) -> Bool {
        if isFileMissing { return false }
        if file != other.file { return true }
        return services != other.services && !services.values.contains { $0.values.contains { $0 == nil } }
    }

    /// Whether the files of a service have changed.
    func differs(from other: WatchedFiles, for definition: ServiceDefinition) -> Bool {
        services[definition.name] != other.services[definition.name]
    }

    private static func status(_ path: String) -> FileStatus? {
        (try? Files.status(path, followLinks: true)) ?? nil
    }

    private static func paths(_ definition: ServiceDefinition) -> [String] {
        var paths = [definition.source, definition.output?.labelsPath].compactMap(\.self).map {
            Paths.absolute($0, from: definition.directory)
        }
        switch definition.engine {
        case .onnx(let path): paths.append(Paths.absolute(path, from: definition.directory))
        case .python: paths += code(in: definition.directory)
        }
        return paths
    }

    /// The Python files of a project, but for those of environments and hidden folders.
    private static func code(in directory: String) -> [String] {
        var found: [String] = []
        var folders = [directory]
        var visited = 0
        while let folder = folders.popLast(), visited < mostFolders {
            visited += 1
            let entries = (try? Files.entries(in: folder)) ?? []
            if folder != directory, entries.contains(where: { $0.name == "pyvenv.cfg" }) { continue }
            for entry in entries where !entry.name.hasPrefix(".") {
                let path = Paths.join(folder, entry.name)
                switch entry.kind {
                case .directory where entry.name != "__pycache__" && entry.name != "node_modules": folders.append(path)
                case .regular where entry.name.hasSuffix(".py"): found.append(path)
                default: break
                }
            }
        }
        return found
    }

    /// A project of more folders is not all code.
    private static let mostFolders = 1000
}
