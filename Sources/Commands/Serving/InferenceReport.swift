import Inference
import OrderedCollections
import Serving
import Tables
import Values

/// What `apus infer` prints.
enum InferenceReport {
    static func metadata(_ model: RemoteModel, isJSON: Bool) -> String {
        let parts = [("input", model.inputs), ("output", model.outputs)]
        if isJSON {
            let lists = parts.map { part in Value.list(part.1.map { Self.description($0) }) }
            let value: Value = .map([
                "name": .string(model.name), "versions": .list(model.versions.map { .string($0) }),
                "platform": .string(model.platform), "inputs": lists[0], "outputs": lists[1],
            ])
            return value.json() + "\n"
        }
        let rows = parts.flatMap { kind, tensors in
            tensors.map { [kind, $0.name, $0.dataType.rawValue, shape($0)] }
        }
        let title = [model.name, model.platform].filter { !$0.isEmpty }.joined(separator: ", ")
        return title + "\n" + Table(headers: ["", "Name", "Type", "Shape"], rows: rows).text(.plain)
    }

    private static func description(_ tensor: TensorMetadata) -> Value {
        .map([
            "name": .string(tensor.name), "datatype": .string(tensor.dataType.rawValue),
            "shape": .list(tensor.shape.map { .int($0 ?? -1) }),
        ])
    }

    private static func shape(_ tensor: TensorMetadata) -> String {
        "[" + tensor.shape.map { $0.map(String.init) ?? "-1" }.joined(separator: ", ") + "]"
    }

    /// A column for each output and a line for each row where they agree on the rows.
    static func outputs(_ tensors: [NamedTensor], isJSON: Bool) -> String {
        if isJSON {
            let entries = tensors.map { "\(Value.string($0.name).json()): \($0.tensor.json)" }
            return "{" + entries.joined(separator: ", ") + "}\n"
        }
        let counts = Set(tensors.map { $0.tensor.shape.first ?? 1 })
        guard let count = counts.first, counts.count == 1, tensors.allSatisfy({ !$0.tensor.shape.isEmpty }) else {
            return tensors.map { "\($0.name): \($0.tensor.json)\n" }.joined()
        }
        let rows = (0..<count).map { row in tensors.map { $0.tensor.json(row: row) } }
        return Table(headers: tensors.map(\.name), rows: rows).text(.plain)
    }

    static func measurement(_ result: LoadTest.Result, isJSON: Bool) -> String {
        let rate = Double(result.latencies.count) / max(result.seconds, 1e-9)
        let parts = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999), ("max", 1)]
        if isJSON {
            var map: Value.Map = [
                "requests": .int(result.latencies.count), "errors": .int(result.failures),
                "seconds": .float(result.seconds), "requests_per_second": .float(rate),
            ]
            for (name, part) in parts {
                map[Value.Key("\(name)_ms")] = result.latency(part).map { .float($0 * 1000) } ?? .null
            }
            return Value.map(map).json() + "\n"
        }
        var rows = [
            ["requests", "\(result.latencies.count)"], ["errors", "\(result.failures)"],
            ["requests/s", decimal(rate, 0)],
        ]
        for (name, part) in parts {
            rows.append([name, result.latency(part).map { decimal($0 * 1000, 3) + " ms" } ?? "-"])
        }
        return Table(rows: rows, alignments: [.left, .right]).text(.plain)
    }

    /// A number with so many digits after the point.
    private static func decimal(_ number: Double, _ digits: Int) -> String {
        let scale = [1, 10, 100, 1000][min(max(digits, 0), 3)]
        guard let scaled = Int(exactly: (number * Double(scale)).rounded()), digits > 0 else {
            return "\(Int(exactly: number.rounded()) ?? 0)"
        }
        let fraction = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
