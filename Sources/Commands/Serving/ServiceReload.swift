import Basics
import Inference
import OrderedCollections
import Projects
import Serving

/// Loads services again whose files have changed, beside those that are served, and lets them take their place.
struct ServiceReload {
    let loader: ServiceLoader
    /// What the command line names.
    let names: [String]
    let server: Server
    let grpc: GRPCServer?
    let log: AccessLog?
    private var table: ServiceTable
    private var definitions: [ServiceDefinition]
    /// What was wanted last, whether it could be had or not.
    private var wanted: [ServiceDefinition]
    private var seen: WatchedFiles

    init(
        _ loader: ServiceLoader,
        _ names: [String],
        _ definitions: [ServiceDefinition],
        _ seen: WatchedFiles,
        _ table: ServiceTable,
        _ server: Server,
        _ grpc: GRPCServer?,
        _ log: AccessLog?
    ) {
        self.loader = loader
        self.names = names
        self.server = server
        self.grpc = grpc
        self.log = log
        self.table = table
        self.definitions = definitions
        wanted = definitions
        self.seen = seen
    }

    /// Loads everything that is not as it was, or all of it when somebody asked.
    mutating func run(isAsked: Bool, _ watch: ModelWatch) {
        let now = WatchedFiles(loader.file, definitions + wanted)
        let before = seen
        if !isAsked, !now.differs(from: before) { return }
        seen = now
        do {
            wanted = try loader.definitions(names)
        } catch {
            return refuse(error)
        }
        // From before the models are read, so that a change meanwhile is not missed.
        let current = WatchedFiles(definitions + wanted, fileOf: now)
        seen = current
        let isChanged = { (definition: ServiceDefinition) in
            isAsked || current.differs(from: before, for: definition)
        }
        do {
            if let fresh = try services(isChanged) { try adopt(fresh, watch) }
        } catch {
            refuse(error)
        }
    }

    /// The services as they are wanted, those that need no change among them; nil when all is as it was.
    private func services(_ isChanged: (ServiceDefinition) -> Bool) throws -> [Service]? {
        var services: [Service] = []
        var made: [Service] = []
        do {
            for definition in wanted {
                let old = table[definition.name]
                guard let old, definitions.contains(definition) else {
                    let service = try loader.service(definition)
                    made.append(service)
                    services.append(service)
                    continue
                }
                let renewed = isChanged(definition) ? renew(old, definition) : nil
                if let renewed { made.append(renewed) }
                services.append(renewed ?? old)
            }
        } catch {
            for service in made { service.close() }
            throw error
        }
        return services.elementsEqual(table.services, by: ===) ? nil : services
    }

    /// Loads the model of a service again; a Python class gets another service with other workers.
    private func renew(_ service: Service, _ definition: ServiceDefinition) -> Service? {
        do {
            if case .python = definition.engine { return try loader.service(definition) }
            let (model, form) = try loader.load(definition)
            service.replace(with: model, form: form)
            report("a new version of the model is served", [("service", definition.name)])
        } catch {
            refuse(service, error)
        }
        return nil
    }

    private mutating func adopt(_ services: [Service], _ watch: ModelWatch) throws {
        let fresh = ServiceTable(services, serverName: table.serverName, serverVersion: table.serverVersion)
        for service in services {
            if let old = table[service.name], old !== service { service.succeed(old) }
        }
        let isDone = try watch.unlessEnding {
            try server.adopt(fresh)
            try grpc?.adopt(fresh)
        }
        guard isDone else {
            for service in services where table[service.name] !== service { service.close() }
            return
        }
        let gone = table.services.filter { fresh[$0.name] !== $0 }
        let made = services.filter { table[$0.name] !== $0 }
        table = fresh
        definitions = wanted
        for service in made { report("a new version of the service is served", [("service", service.name)]) }
        for service in gone {
            if fresh[service.name] == nil { report("the service is no longer served", [("service", service.name)]) }
            service.retire(within: .seconds(60))
        }
    }

    /// The new state as a whole cannot be had.
    private func refuse(_ error: any Error) {
        for service in table.services { service.noteFailedReload("\(error)") }
        report("what is served stays as it was, as the new state cannot be used", [("reason", Self.text(error))])
    }

    private func refuse(_ service: Service, _ error: any Error) {
        service.noteFailedReload("\(error)")
        report(
            "the new version of the model cannot be used, the old one stays",
            [("service", service.name), ("reason", Self.text(error))]
        )
    }

    private static func text(_ error: any Error) -> String {
        guard let hint = (error as? any HintedError)?.hint else { return "\(error)" }
        return "\(error) (\(hint))"
    }

    private func report(_ event: String, _ fields: [(String, String)]) {
        if let log {
            log.note(event, fields)
        } else {
            Console.note(event + ": " + fields.map(\.1).joined(separator: ": "))
        }
    }
}
