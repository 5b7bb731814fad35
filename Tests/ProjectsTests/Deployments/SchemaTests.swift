import Basics
import Foundation
import Inference
import OrderedCollections
import Projects
import Testing
import Values
import YAML

/// docs/apus.schema.json says what the readers of apus.yaml say.
@Suite struct SchemaTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static func file(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    private static func schema() throws -> Value { try Value(json: file("docs/apus.schema.json")) }

    /// What the readers say of a file; nil when it is good.
    private static func fault(_ text: String) throws -> ServiceFileError? {
        let folder = try Files.makeTemporaryFolder("apus-schema-")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Files.writeAtomically(Array(text.utf8), to: Paths.join(folder, "apus.yaml"))
        try Files.writeAtomically(Array("kind: Service\n".utf8), to: Paths.join(folder, "patch.yaml"))
        do {
            _ = try DeploymentFile(Paths.join(folder, "apus.yaml"))
            return nil
        } catch let error as ServiceFileError {
            return error
        }
    }

    private static let services = "services: {digits: {model: digits.onnx}}\n"

    /// Where a mapping of the schema stands in the file; KEY is a key that it does not have.
    private static let places: [String: String] = [
        "service": "services: {digits: {model: x, KEY: 1}}",
        "image-input": "services: {digits: {model: x, inputs: {a: {decode: image, KEY: 1}}}}",
        "column-input": "services: {digits: {model: x, inputs: {a: {columns: [b], KEY: 1}}}}",
        "outputs": "services: {digits: {model: x, outputs: {KEY: 1}}}",
        "batching": "services: {digits: {model: x, batching: {KEY: 1}}}",
        "prediction-log": "prediction-log: {path: x, KEY: 1}",
        "image": "image: {KEY: 1}",
        "image-python": "image: {python: {KEY: 1}}",
        "target": "deploy: {p: {KEY: 1}}",
        "autoscale": "deploy: {p: {autoscale: {max: 1, KEY: 1}}}",
        "resources": "deploy: {p: {resources: {KEY: 1}}}",
        "variable": "deploy: {p: {env: {A: {secret: s, KEY: 1}}}}",
        "secret": "deploy: {p: {secrets: {name: s, KEY: 1}}}",
        "ingress": "deploy: {p: {ingress: {host: h, KEY: 1}}}",
        "route": "deploy: {p: {route: {host: h, gateway: g, KEY: 1}}}",
        "network-policy": "deploy: {p: {network-policy: {KEY: 1}}}",
        "monitor": "deploy: {p: {monitor: {KEY: 1}}}",
        "spread": "deploy: {p: {spread: {KEY: 1}}}",
    ]

    @Test(arguments: places.keys.sorted())
    func keysAreThoseOfTheReader(_ name: String) throws {
        let stray = "zzz-not-a-key-zzz"
        let text = try #require(Self.places[name]).replacing("KEY", with: stray)
        let complete = text.hasPrefix("services") ? text : Self.services + text
        let fault = try #require(try Self.fault(complete)?.faults.first { $0.message.contains(stray) })
        // "it has: a, b" or "known keys are a, b"
        let hint = try #require(fault.hint).replacing("known keys are", with: ":")
        let known = try #require(hint.split(separator: ": ").last).split(separator: ", ").map(String.init)
        let schema = try #require(Self.schema()["$defs"]?[Value.Key(name)])
        let properties = try #require(schema["properties"]?.map)
        // A key that stands for another form of the mapping is known to the reader and refused.
        #expect(Set(properties.keys.map(\.text)) == Set(known))
        #expect(schema["additionalProperties"] == .bool(false))
    }

    @Test func eachMappingOfTheSchemaIsCompared() throws {
        let definitions = try #require(Self.schema()["$defs"]?.map)
        let mappings = definitions.filter { $0.value["properties"] != nil }.map(\.key.text)
        #expect(Set(mappings) == Set(Self.places.keys))
    }

    private static let good = [
        "", "services: {}", "x-common: &a {timeout: 1s}\nservices: {a: {<<: *a, model: x}}",
        "services: {a: {model: x, version: 3, threads: 2, timeout: 1.5s, memory-limit: 2GiB}}",
        "services: {a: {runtime: {python: 'serve.py:A'}, workers: 2, batching: false}}",
        "services: {a: {model: x, batching: {max-size: 8, max-delay: 2ms, max-queue: 10}}}",
        "services: {a: {model: x, inputs: {i: {decode: image, mode: L, resize: [8, 8], scale: 1/16, layout: flat}}}}",
        "services: {a: {model: x, inputs: {i: {decode: image, resize: 256, crop: [224, 224], mean: [1, 2, 3], std: 2}}}}",
        "services: {a: {model: x, inputs: {i: {columns: {age: float32, city: string}}}}}",
        "services: {a: {model: x, inputs: {i: {columns: [b, c], type: int64}}, outputs: {labels: [x, 1], softmax: true}}}",
        "services: {a: {model: x, outputs: {sigmoid: true, threshold: 1/4, top-k: 3}}}",
        "prediction-log: logs/p.jsonl", "prediction-log: false",
        "prediction-log: {path: p, sample: 10, max-size: 100MB, max-files: 5, max-value: 4kB}",
        "image: {repository: r/x, tag: 1, compression: zstd, include: src, env: {A: 1}, python: {requirements: r.txt, version: '3.12'}}",
        services + "deploy: {p: {}}",
        services + "deploy: {p: {service: digits, namespace: n, replicas: 0, drain: 5, settle: 0, deadline: 1h}}",
        services
            + "deploy: {p: {services: [digits], autoscale: {max: 3, memory: 70}, resources: {cpu: 1.5, memory: 1Gi}}}",
        services
            + "deploy: {p: {env: {A: 1, B: {secret: s, key: k}, C: {field: spec.nodeName}}, secrets: [a, {name: b}]}}",
        services + "deploy: {p: {grpc: true, ingress: {host: a.b, tls: t, annotations: {a.b/c: '1'}}, monitor: true}}",
        services + "deploy: {p: {grpc: 4000, route: {hosts: [a.b, '*.c'], gateway: i/g}, network-policy: {from: n}}}",
        services
            + "deploy: {p: {tolerations: [{key: a}], spread: {zone: strict}, labels: {a: b}, patch: [patch.yaml]}}",
        services + "deploy: {p: {node-selector: {a: 'yes'}, pull-secrets: [a], patch: {kind: Service, spec: {a: 1}}}}",
    ]

    private static let bad = [
        "deployment: {}",
        "services: []", "services: {v1: {model: x}}", "services: {'a b': {model: x}}", "services: {a: {}}",
        "services: {a: {model: 1}}", "services: {a: {model: x, threads: 0}}",
        "services: {a: {model: x, timeout: soon}}",
        "services: {a: {model: x, memory-limit: much}}", "services: {a: {model: x, version: [1]}}",
        "services: {a: {model: x, batching: {max-size: 0}}}", "services: {a: {model: x, runtime: java}}",
        "services: {a: {model: x, inputs: {i: {}}}}", "services: {a: {model: x, inputs: {i: {decode: sound}}}}",
        "services: {a: {model: x, inputs: {i: {decode: image, mode: CMYK}}}}",
        "services: {a: {model: x, inputs: {i: {decode: image, resize: [8]}}}}",
        "services: {a: {model: x, inputs: {i: {decode: image, scale: x}}}}",
        "services: {a: {model: x, inputs: {i: {columns: []}}}}",
        "services: {a: {model: x, inputs: {i: {columns: {a: b}}}}}",
        "services: {a: {model: x, outputs: {softmax: 1}}}", "services: {a: {model: x, outputs: {labels: []}}}",
        "services: {a: {model: x, outputs: {top-k: 0}}}", "prediction-log: 1", "prediction-log: /etc/x",
        "prediction-log: {sample: 1}", "prediction-log: {path: p, sample: 0}", "image: []", "image: {port: 0}",
        "image: {env: {A: []}}", "image: {compression: lz4}", "image: {python: {version: 3.12}}",
        "image: {include: {a: b}}",
        services + "deploy: []", services + "deploy: {P: {}}", services + "deploy: {p: []}",
        services + "deploy: {p: {replicas: x}}", services + "deploy: {p: {replicas: -1}}",
        services + "deploy: {p: {name: 1digits}}", services + "deploy: {p: {namespace: Models}}",
        services + "deploy: {p: {engine: nomad}}", services + "deploy: {p: {autoscale: {}}}",
        services + "deploy: {p: {resources: {memory: lots}}}", services + "deploy: {p: {env: {1A: x}}}",
        services + "deploy: {p: {env: {A: {}}}}", services + "deploy: {p: {labels: {a: b c}}}",
        services + "deploy: {p: {ingress: {}}}", services + "deploy: {p: {ingress: {host: Bad_Host}}}",
        services + "deploy: {p: {route: {host: a.b}}}", services + "deploy: {p: {port: 80}}",
        services + "deploy: {p: {drain: soon}}", services + "deploy: {p: {patch: {spec: {}}}}",
        services + "deploy: {p: {spread: {host: maybe}}}", services + "deploy: {p: {tolerations: [a]}}",
        services + "deploy: {p: {service-type: Headless}}", services + "deploy: {p: {secrets: {mount: /a}}}",
        services + "deploy: {p: {secrets: {name: a, mount: b}}}",
        services + "deploy: {p: {monitor: {interval: often}}}",
        services + "deploy: {p: {network-policy: {egress: 1}}}", services + "deploy: {p: {grpc: 80}}",
    ]

    @Test(arguments: good)
    func whatTheReadersTakeTheSchemaTakes(_ text: String) throws {
        #expect(try Self.fault(text)?.description == nil)
        let value = try YAMLDocument(parsing: Array(text.utf8)).value
        #expect(try SchemaCheck(Self.schema()).faults(value == .null ? .map([:]) : value).isEmpty)
    }

    @Test(arguments: bad)
    func whatTheReadersRefuseTheSchemaRefuses(_ text: String) throws {
        #expect(try Self.fault(text) != nil)
        #expect(try !SchemaCheck(Self.schema()).faults(YAMLDocument(parsing: Array(text.utf8)).value).isEmpty)
    }

    @Test func theExampleFitsTheSchema() throws {
        let value = try YAMLDocument(parsing: Self.file("Examples/digits/apus.yaml")).value
        #expect(try SchemaCheck(Self.schema()).faults(value).isEmpty)
    }
}

/// As much of JSON Schema as docs/apus.schema.json has; any other word is a fault.
private struct SchemaCheck {
    private let root: Value

    init(_ root: Value) { self.root = root }

    func faults(_ value: Value) throws -> [String] { try check(value, root, "") }

    private static let silent: Set = ["$schema", "$defs", "title", "description", "default"]

    private func check(_ value: Value, _ schema: Value, _ place: String) throws -> [String] {
        if let isAllowed = schema.bool { return isAllowed ? [] : ["\(place) is not allowed"] }
        var faults: [String] = []
        for (word, rule) in try #require(schema.map) where !Self.silent.contains(word.text) {
            switch word.text {
            case "properties", "patternProperties", "additionalProperties": break
            case "propertyNames":
                for key in (value.map ?? [:]).keys {
                    faults += try check(.string(key.text), rule, "\(place).\(key.text)")
                }
            case "items":
                for (index, item) in (value.list ?? []).enumerated() {
                    faults += try check(item, rule, "\(place)[\(index)]")
                }
            case "$ref":
                let name = try #require(rule.string).replacing("#/$defs/", with: "")
                faults += try check(value, try #require(root["$defs"]?[Value.Key(name)]), place)
            case "anyOf":
                let branches = try (rule.list ?? []).map { try check(value, $0, place) }
                if !branches.contains(where: \.isEmpty) { faults += branches.flatMap(\.self) }
            case "required":
                for case .string(let key) in rule.list ?? [] where value.map != nil && value[Value.Key(key)] == nil {
                    faults.append("\(place) has no \(key)")
                }
            default:
                if try !fits(value, word.text, rule) { faults.append("\(place) breaks \(word.text) \(rule.json())") }
            }
        }
        for (key, item) in value.map ?? [:] {
            let patterns = schema["patternProperties"]?.map ?? [:]
            let pattern = try patterns.first { try key.text.contains(Regex($0.key.text)) }?.value
            let rule = schema["properties"]?[key] ?? pattern ?? schema["additionalProperties"]
            if let rule { faults += try check(item, rule, "\(place).\(key.text)") }
        }
        return faults
    }

    private func fits(_ value: Value, _ word: String, _ rule: Value) throws -> Bool {
        let number: Double? = value.int.map(Double.init) ?? (value.bool == nil ? Double(value.json()) : nil)
        let limit = rule.int ?? 0
        switch word {
        case "type": return (rule.list ?? [rule]).contains { Self.isOf($0.string ?? "", value) }
        case "enum": return (rule.list ?? []).contains(value)
        case "const": return rule == value
        case "pattern":
            guard let text = value.string else { return true }
            return try text.contains(Regex(try #require(rule.string)))
        case "minLength": return value.string.map { $0.count >= limit } ?? true
        case "maxLength": return value.string.map { $0.count <= limit } ?? true
        case "minItems": return value.list.map { $0.count >= limit } ?? true
        case "maxItems": return value.list.map { $0.count <= limit } ?? true
        case "uniqueItems": return value.list.map { Set($0).count == $0.count } ?? true
        case "minProperties": return value.map.map { $0.count >= limit } ?? true
        case "minimum": return number.map { $0 >= Double(limit) } ?? true
        case "maximum": return number.map { $0 <= Double(limit) } ?? true
        default:
            Issue.record("the word \(word) is not known here")
            return false
        }
    }

    private static func isOf(_ type: String, _ value: Value) -> Bool {
        switch (type, value) {
        case ("object", .map), ("array", .list), ("string", .string), ("integer", .int), ("number", .int),
            ("number", .float), ("boolean", .bool), ("null", .null):
            true
        // A day is a text to JSON.
        case ("string", .date): true
        default: false
        }
    }
}
