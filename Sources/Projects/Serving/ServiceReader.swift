import Basics
import Inference
import Values
import YAML

/// Turns the nodes of `services` into definitions, and collects what is wrong with them.
struct ServiceReader {
    let directory: String
    private(set) var faults: [TransformFault] = []

    init(directory: String) {
        self.directory = directory
    }

    /// What `apus.yaml` has, and what begins with `x-`, which is the user's own.
    mutating func checkSections(_ root: YAMLNode?) {
        guard let root, case .mapping(let entries, _) = root.kind else { return }
        let known = ["services", "prediction-log", "image", "deploy"]
        for entry in entries {
            guard let key = entry.key.value.string, !known.contains(key), !key.hasPrefix("x-") else { continue }
            let hint = "it has: \(known.joined(separator: ", ")); what begins with 'x-' is left to you"
            complain(entry.key, "\(ServiceFile.name) has no section '\(key)'", hint: hint)
        }
    }

    mutating func services(_ root: YAMLNode?) -> [ServiceDefinition] {
        guard let node = root?["services"] else { return [] }
        guard case .mapping(let entries, _) = node.kind else {
            complain(node, "'services' must be a mapping of names to services")
            return []
        }
        return entries.compactMap { entry in
            guard case .scalar(let key, _) = entry.key.kind else { return nil }
            let name = key.string ?? key.json()
            guard Self.isName(name) else {
                complain(
                    entry.key,
                    "'\(name)' cannot be the name of a service",
                    hint: "names are made of letters, digits, '-', '_' and '.', and stand in the paths of requests"
                )
                return nil
            }
            return service(name, entry.value)
        }
    }

    /// Whether the name can stand in a path, and is none of the server's own.
    static func isName(_ name: String) -> Bool {
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_.".unicodeScalars.contains($0))
        }
        return isPlain && !name.isEmpty && name.utf8.count <= 128 && ![".", "..", "v1", "v2"].contains(name)
    }

    private mutating func service(_ name: String, _ node: YAMLNode) -> ServiceDefinition? {
        let known = [
            "model", "runtime", "inputs", "outputs", "batching", "timeout", "threads", "workers",
            "memory-limit", "version",
        ]
        guard check(node, known, "services.\(name)"), let engine = engine(name, node) else { return nil }
        var service = ServiceDefinition(name: name, engine: engine, directory: directory)
        service.inputs = InputTransform.read(node["inputs"], &faults)
        service.output = OutputTransform.read(node["outputs"], &faults)
        if let path = service.output?.labelsPath { service.output?.labels = labels(path, node["outputs"] ?? node) }
        if let batching = node["batching"] { self.batching(batching, &service) }
        if case .python = engine { service.source = node["model"]?.value.string }
        if let node = node["timeout"] { service.timeout = duration(node, "timeout") }
        if let node = node["threads"] { service.threads = integer(node, "threads", 1...1024) }
        if let node = node["workers"] { service.workers = integer(node, "workers", 1...1024) }
        if let node = node["memory-limit"] { service.memoryLimit = size(node, "memory-limit", 1 << 20...1 << 50) }
        if let node = node["version"] {
            switch node.value {
            case .string(let text) where Self.isName(text): service.version = text
            case .int(let number) where number >= 0: service.version = "\(number)"
            default: complain(node, "'version' must be a word or a number")
            }
        }
        return service
    }

    private mutating func engine(_ name: String, _ node: YAMLNode) -> ServiceDefinition.Engine? {
        let runtime = node["runtime"]
        if let runtime, let python = runtime["python"] {
            guard let target = python.value.string, target.contains(":") else {
                complain(python, "'runtime.python' must be file.py:Class or module:Class")
                return nil
            }
            return .python(target)
        }
        if let runtime, runtime.value.string != "onnx" {
            complain(runtime, "'runtime' must be onnx, or {python: file.py:Class}")
            return nil
        }
        guard let model = node["model"] else {
            complain(
                node,
                "services.\(name) has no model",
                hint: "model: names an ONNX file, or a model that dvc.yaml lists under artifacts"
            )
            return nil
        }
        guard let path = model.value.string, !path.isEmpty else {
            complain(model, "'model' must be a path or a name")
            return nil
        }
        return .onnx(path)
    }

    private mutating func labels(_ path: String, _ node: YAMLNode) -> Labels? {
        let absolute = Paths.absolute(path, from: directory)
        do {
            return try Labels(parsing: Files.read(absolute), path: path)
        } catch let fault as TransformFault {
            let place = fault.line.map { "\(path):\($0): " } ?? ""
            complain(node["labels"] ?? node, place + fault.message, hint: fault.hint)
        } catch {
            complain(node["labels"] ?? node, "the labels cannot be read: \(error)")
        }
        return nil
    }

    private mutating func batching(_ node: YAMLNode, _ service: inout ServiceDefinition) {
        if let flag = node.value.bool {
            service.batching.merges = flag
            return
        }
        guard check(node, ["max-size", "max-delay", "max-queue"], "batching") else { return }
        if let node = node["max-size"], let size = integer(node, "max-size", 1...65_536) {
            service.batching.maxRows = size
            service.batching.merges = size > 1
        }
        if let node = node["max-delay"], let delay = duration(node, "max-delay") { service.batching.maxDelay = delay }
        if let node = node["max-queue"], let queue = integer(node, "max-queue", 1...1_000_000) {
            service.batching.maxQueue = queue
        }
    }

    mutating func check(_ node: YAMLNode, _ known: [String], _ subject: String) -> Bool {
        guard case .mapping(let entries, _) = node.kind else {
            complain(node, "'\(subject)' must be a mapping")
            return false
        }
        for entry in entries {
            guard let key = entry.key.value.string, !known.contains(key), key != "<<" else { continue }
            complain(entry.key, "'\(subject)' has no key '\(key)'", hint: "it has: \(known.joined(separator: ", "))")
        }
        return true
    }

    mutating func integer(_ node: YAMLNode, _ name: String, _ range: ClosedRange<Int>) -> Int? {
        if let number = node.value.int, range.contains(number) { return number }
        complain(node, "'\(name)' must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    /// A number of bytes, as `512MB` or `2GiB`.
    mutating func size(_ node: YAMLNode, _ name: String, _ range: ClosedRange<Int>) -> Int? {
        let bytes = node.value.int ?? node.value.string.flatMap(ByteSize.parse)
        if let bytes, range.contains(bytes) { return bytes }
        complain(node, "'\(name)' must be a size such as 512MB or 2GB")
        return nil
    }

    mutating func duration(_ node: YAMLNode, _ name: String) -> Duration? {
        if let text = node.value.string, let duration = ServiceDuration.parse(text) { return duration }
        if let seconds = node.value.int, (0...86_400).contains(seconds) { return .seconds(seconds) }
        complain(node, "'\(name)' must be a time such as 2ms, 500us or 30s")
        return nil
    }

    mutating func complain(_ node: YAMLNode, _ message: String, hint: String? = nil) {
        faults.append(TransformFault(line: node.line, message: message, hint: hint))
    }
}

/// Times as people write them: `2ms`, `500us`, `1.5s`, `1m`.
package enum ServiceDuration {
    package static func parse(_ text: String) -> Duration? {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let value = Double(number), value.isFinite, value >= 0, value <= 1e9 else { return nil }
        let unit: Double
        switch text.dropFirst(number.count) {
        case "us": unit = 1
        case "ms": unit = 1000
        case "s", "": unit = 1_000_000
        case "m": unit = 60_000_000
        default: return nil
        }
        let microseconds = value * unit
        return microseconds <= 1e12 ? .microseconds(Int64(microseconds.rounded())) : nil
    }
}
