import Basics
package import Images
import Inference
import Values
import YAML

/// What `image:` of an `apus.yaml` says of the image that is to be built.
package struct ImageDefinition: Sendable, Hashable {
    /// The registry and repository, without a tag.
    package var repository: String?
    package var tag: String?
    /// An image, a layout, or `scratch`.
    package var base = "scratch"
    /// The services that it serves; all when empty.
    package var services: [String] = []
    /// Files and folders of code and configuration, relative to the folder of the file.
    package var include: [String] = []
    /// Names, or patterns of names, that are left out of folders.
    package var exclude: [String] = []
    /// A file of pip's, and the version of Python that it is for.
    package var requirements: String?
    package var pythonVersion: String?
    package var environment: [(name: String, value: String)] { variables.map { ($0.name, $0.value) } }
    package var labels: [String: String] = [:]
    package var compression = LayerCompression.gzip
    package var port = 3000
    package var grpcPort: Int?
    /// Further options of `apus serve`.
    package var arguments: [String] = []
    fileprivate var variables: [Variable] = []

    fileprivate struct Variable: Sendable, Hashable {
        let name: String
        let value: String
    }

    package init() {}

    /// Reads the section of a file; everything that is wrong with it is told at once.
    package init(readingFrom path: String) throws {
        try self.init(parsing: Files.read(path), path: path)
    }

    package init(parsing bytes: [UInt8], path: String) throws {
        let document: YAMLDocument
        do {
            document = try YAMLDocument(parsing: bytes)
        } catch {
            throw ServiceFileError(path: path, faults: [TransformFault(line: error.line, message: error.message)])
        }
        guard let node = document.root?["image"] else { return }
        var reader = ImageReader()
        reader.read(node, &self)
        if !reader.faults.isEmpty { throw ServiceFileError(path: path, faults: reader.faults) }
    }
}

/// Reads `image:` and collects what is wrong with it.
private struct ImageReader {
    private(set) var faults: [TransformFault] = []

    private static let known = [
        "repository", "tag", "base", "services", "include", "exclude", "python", "env", "labels", "port", "grpc-port",
        "arguments", "compression",
    ]

    mutating func read(_ node: YAMLNode, _ image: inout ImageDefinition) {
        guard check(node, Self.known, "image") else { return }
        if let node = node["repository"] { image.repository = text(node, "repository") }
        if let node = node["tag"] { image.tag = text(node, "tag") }
        if let node = node["base"] { image.base = text(node, "base") ?? image.base }
        if let node = node["services"] { image.services = list(node, "services") }
        if let node = node["include"] { image.include = list(node, "include") }
        if let node = node["exclude"] { image.exclude = list(node, "exclude") }
        if let node = node["arguments"] { image.arguments = list(node, "arguments") }
        if let node = node["python"], check(node, ["requirements", "version"], "image.python") {
            if let node = node["requirements"] { image.requirements = text(node, "requirements") }
            if let node = node["version"] { image.pythonVersion = pythonVersion(node) }
        }
        if let node = node["env"] { image.variables = pairs(node, "env").map { .init(name: $0.0, value: $0.1) } }
        if let node = node["labels"] {
            image.labels = pairs(node, "labels").reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        if let node = node["compression"] { image.compression = compression(node) ?? image.compression }
        if let node = node["port"] { image.port = port(node, "port") ?? image.port }
        if let node = node["grpc-port"] { image.grpcPort = port(node, "grpc-port") }
        for variable in image.variables where Self.isSecret(variable.name) {
            complain(
                node["env"] ?? node,
                "'\(variable.name)' looks like a secret, which everybody could read in the image",
                hint: "give secrets to the container when it runs, from a Secret of Kubernetes for instance"
            )
        }
    }

    private static func isSecret(_ name: String) -> Bool {
        let words = name.uppercased().split { $0 == "_" || $0 == "-" }
        return words.contains { ["PASSWORD", "PASSWD", "SECRET", "TOKEN", "CREDENTIALS", "APIKEY"].contains($0) }
            || name.uppercased().contains("API_KEY") || name.uppercased().contains("PRIVATE_KEY")
            || name.uppercased().contains("ACCESS_KEY")
    }

    private mutating func text(_ node: YAMLNode, _ name: String) -> String? {
        if let text = node.value.string, !text.isEmpty, !text.utf8.contains(0) { return text }
        if let number = node.value.int { return "\(number)" }
        complain(node, "'\(name)' must be text")
        return nil
    }

    /// `3.10` is a number to YAML, and not the one that is meant.
    private mutating func pythonVersion(_ node: YAMLNode) -> String? {
        let text = node.value.string ?? ""
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        if parts.count == 2, parts.allSatisfy({ ($0 ?? -1) >= 0 }) { return text }
        complain(node, "'version' must be text such as \"3.12\"")
        return nil
    }

    private mutating func list(_ node: YAMLNode, _ name: String) -> [String] {
        if let text = node.value.string { return [text] }
        guard let elements = node.value.list, elements.allSatisfy({ $0.string != nil || $0.int != nil }) else {
            complain(node, "'\(name)' must be a list of texts")
            return []
        }
        return elements.map { $0.string ?? $0.int.map(String.init) ?? "" }
    }

    private mutating func pairs(_ node: YAMLNode, _ name: String) -> [(String, String)] {
        guard case .mapping(let entries, _) = node.kind else {
            complain(node, "'\(name)' must be a mapping of names to texts")
            return []
        }
        return entries.compactMap { entry in
            guard let key = entry.key.value.string, !key.isEmpty, !key.contains("="), !key.utf8.contains(0),
                let value = text(entry.value, "\(name).\(key)")
            else { return nil }
            return (key, value)
        }
    }

    private mutating func port(_ node: YAMLNode, _ name: String) -> Int? {
        if let number = node.value.int, (1...65535).contains(number) { return number }
        complain(node, "'\(name)' must be a port: 1 to 65535")
        return nil
    }

    private mutating func compression(_ node: YAMLNode) -> LayerCompression? {
        if let compression = node.value.string.flatMap(LayerCompression.init) { return compression }
        complain(
            node,
            "'compression' must be one of \(LayerCompression.allCases.map(\.rawValue).joined(separator: ", "))"
        )
        return nil
    }

    private mutating func check(_ node: YAMLNode, _ known: [String], _ subject: String) -> Bool {
        guard case .mapping(let entries, _) = node.kind else {
            complain(node, "'\(subject)' must be a mapping")
            return false
        }
        for entry in entries {
            guard let key = entry.key.value.string, !known.contains(key), key != "<<" else { continue }
            complain(
                entry.key,
                "'\(subject)' has no key '\(key)'",
                hint: Spelling.question(key, among: known) ?? "it has: \(known.joined(separator: ", "))"
            )
        }
        return true
    }

    private mutating func complain(_ node: YAMLNode, _ message: String, hint: String? = nil) {
        faults.append(TransformFault(line: node.line, message: message, hint: hint))
    }
}
