import Basics
import Inference
import Projects
import Serving

/// Puts new versions of models in place when their files change.
struct ModelWatch {
    private let loader: ServiceLoader
    private let table: ServiceTable
    private let log: AccessLog?
    private var definitions: [ServiceDefinition]
    /// The files as they were when they were last loaded or tried, by service.
    private var seen: [String: [FileStatus?]] = [:]

    init(_ loader: ServiceLoader, _ definitions: [ServiceDefinition], _ table: ServiceTable, _ log: AccessLog?) {
        self.loader = loader
        self.definitions = definitions
        self.table = table
        self.log = log
        for definition in definitions { seen[definition.name] = files(definition) }
    }

    /// Loads all models again.
    mutating func reload() {
        for definition in definitions { reload(definition) }
    }

    /// Loads the models again whose files have changed and are not being written any more.
    mutating func reloadChanged() {
        for definition in definitions {
            let now = files(definition)
            guard let before = seen[definition.name], now != before, !now.contains(where: { $0 == nil }) else {
                continue
            }
            reload(definition)
        }
    }

    private func files(_ definition: ServiceDefinition) -> [FileStatus?] {
        [loader.path(definition), loader.file].compactMap(\.self).map { path in
            (try? Files.status(path, followLinks: true)) ?? nil
        }
    }

    private mutating func reload(_ definition: ServiceDefinition) {
        seen[definition.name] = files(definition)
        // The workers of a Python class keep what they have loaded.
        guard let service = table[definition.name], loader.path(definition) != nil else { return }
        do {
            // What apus.yaml says now counts, but for the name.
            var current = definition
            if let file = loader.file, let fresh = try ServiceFile(file)[definition.name] { current = fresh }
            let (model, form) = try loader.load(current)
            service.replace(with: model, form: form)
            report("a new version of the model is served", [("service", definition.name)])
        } catch {
            service.noteFailedReload("\(error)")
            report(
                "the new version of the model cannot be used, the old one stays",
                [("service", definition.name), ("reason", "\(error)")]
            )
        }
    }

    private func report(_ event: String, _ fields: [(String, String)]) {
        if let log {
            log.note(event, fields)
        } else {
            Console.note(event + ": " + fields.map(\.1).joined(separator: ": "))
        }
    }
}
