import Basics
import OrderedCollections
import Values
import YAML

/// The files that say which clusters there are, merged by kubectl's rules: what a file names first, counts.
///
/// https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
package struct Kubeconfig: Sendable {
    /// The files that were read.
    package let files: [String]
    package let currentContext: String?
    let clusters: [String: Entry]
    let users: [String: Entry]
    private let contextEntries: [(name: String, entry: Entry)]

    /// A named part, and the folder of its file, from which its paths are seen.
    struct Entry: Sendable {
        let fields: Value
        let folder: String
    }

    /// Reads `file`, or those of `KUBECONFIG`, or `~/.kube/config`.
    package static func load(
        _ environment: ClusterEnvironment,
        file: String? = nil
    ) throws(ClusterError) -> Kubeconfig {
        let paths = paths(environment, file).map { Paths.absolute($0, from: environment.workingDirectory) }
        var read: [(path: String, value: Value)] = []
        for path in paths {
            if let value = try Self.read(path, mustExist: file != nil) { read.append((path, value)) }
        }
        return Kubeconfig(read)
    }

    private static func paths(_ environment: ClusterEnvironment, _ file: String?) -> [String] {
        if let file { return [file] }
        if let list = environment.variable("KUBECONFIG") {
            var paths: [String] = []
            for path in list.split(separator: ":").map(String.init) where !paths.contains(path) { paths.append(path) }
            return paths
        }
        return environment.home.map { [Paths.join($0, ".kube/config")] } ?? []
    }

    private static let sizeLimit = 16 << 20

    private static func read(_ path: String, mustExist: Bool) throws(ClusterError) -> Value? {
        do {
            guard let status = try Files.status(path, followLinks: true) else {
                if mustExist { throw FileError("open", path, code: 2) }
                return nil
            }
            guard status.size <= sizeLimit else { throw FileError("read", path, code: 27) }
            let value = try YAMLDocument(parsing: try Files.read(path)).value
            if value == .null { return nil }
            guard value.map != nil else { throw SyntaxError(message: "no mapping", line: 1, column: 1) }
            return value
        } catch let error as SyntaxError {
            throw .configuration("'\(path)' is no kubeconfig: \(error)", hint: nil)
        } catch {
            throw .configuration("\(error)", hint: "a kubeconfig says which clusters there are and who you are there")
        }
    }

    private init(_ documents: [(path: String, value: Value)]) {
        files = documents.map(\.path)
        currentContext = documents.lazy.compactMap { $0.value["current-context"]?.string }.first { !$0.isEmpty }
        var clusters: [String: Entry] = [:]
        var users: [String: Entry] = [:]
        var contexts: [(name: String, entry: Entry)] = []
        for (path, value) in documents {
            let folder = Paths.parent(path)
            for (name, fields) in Self.named(value["clusters"], "cluster") where clusters[name] == nil {
                clusters[name] = Entry(fields: fields, folder: folder)
            }
            for (name, fields) in Self.named(value["users"], "user") where users[name] == nil {
                users[name] = Entry(fields: fields, folder: folder)
            }
            for (name, fields) in Self.named(value["contexts"], "context")
            where !contexts.contains(where: { $0.name == name }) {
                contexts.append((name, Entry(fields: fields, folder: folder)))
            }
        }
        self.clusters = clusters
        self.users = users
        contextEntries = contexts
    }

    private static func named(_ list: Value?, _ key: Value.Key) -> [(name: String, fields: Value)] {
        (list?.list ?? []).compactMap { item in
            item["name"].flatMap(\.text).map { ($0, item[key] ?? .map([:])) }
        }
    }

    /// Ways to clusters, in the order of the files.
    package var contexts: [KubeContext] {
        contextEntries.map { name, entry in
            let cluster = entry.fields["cluster"]?.text ?? ""
            return KubeContext(
                name: name,
                cluster: cluster,
                user: entry.fields["user"]?.text ?? "",
                namespace: entry.fields["namespace"]?.text,
                server: clusters[cluster]?.fields["server"]?.text
            )
        }
    }

    /// The context of this name, or the current one; nil when none is chosen.
    func context(_ name: String?) throws(ClusterError) -> KubeContext? {
        let contexts = contexts
        guard let wanted = name ?? currentContext else { return nil }
        if let found = contexts.first(where: { $0.name == wanted }) { return found }
        let names = contexts.map(\.name)
        let known = names.isEmpty ? "there are none" : "there are " + names.prefix(10).joined(separator: ", ")
        let hint = Spelling.question(wanted, among: names) ?? known
        throw .configuration("the kubeconfig has no context '\(Printable.text(wanted))'", hint: hint)
    }
}

/// A way to a cluster: a user of it, and a namespace.
package struct KubeContext: Sendable, Hashable {
    package let name: String
    package let cluster: String
    package let user: String
    package let namespace: String?
    /// The address of the API server; nil when the cluster is not described.
    package let server: String?
}

extension Value {
    /// A scalar as text, since names such as `1` need no quotes; empty ones are none.
    var text: String? {
        switch self {
        case .string(let text), .date(let text): text.isEmpty ? nil : text
        case .int, .bigInt, .float, .bool: pythonText
        default: nil
        }
    }
}
