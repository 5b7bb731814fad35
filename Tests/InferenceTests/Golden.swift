import Foundation

@testable import Inference

/// ONNX Runtime as the tests find it: by APUS_ONNXRUNTIME, or where Tests/install-peers puts it.
enum TestRuntime {
    static let shared: ONNXRuntime? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let location = ONNXRuntimeLocation(
            explicit: ProcessInfo.processInfo.environment["APUS_ONNXRUNTIME"],
            virtualEnvironments: [root + "/.build/peers-serving"],
            systemFolders: []
        )
        return try? ONNXRuntime.load(location)
    }()

    static var isAvailable: Bool { shared != nil }
    static let reason = "no ONNX Runtime: run Tests/install-peers or set APUS_ONNXRUNTIME"

    static func model(
        _ name: String,
        options: ONNXModelOptions = ONNXModelOptions(concurrency: 2)
    ) throws -> ONNXModel {
        try ONNXModel(path: fixture(name), runtime: require(shared), options: options)
    }

    private static func require<T>(_ value: T?) throws -> T {
        guard let value else { throw InferenceError.unavailable(reason) }
        return value
    }
}

func fixture(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/" + name).path
}

/// A sample that Python's onnxruntime has answered (see Fixtures/README.md).
struct Golden: Decodable {
    let model: String
    let inputs: [Named]
    let outputs: [Named]

    struct Named: Decodable {
        let name: String
        let value: Value
    }

    final class Value: Decodable {
        let type: String?
        let shape: [Int]?
        let hex: String?
        let strings: [String]?
        let sequence: [Value]?
        let keys: Value?
        let values: Value?

        func tensor() throws -> Tensor {
            let shape = shape ?? []
            if let strings { return try Tensor(strings: strings.map { Array($0.utf8) }, shape: shape) }
            let digits = Array((hex ?? "").utf8)
            let bytes = stride(from: 0, to: digits.count, by: 2).map {
                UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16) ?? 0
            }
            return try .of(DataType(rawValue: type ?? "") ?? .bool, shape, bytes)
        }
    }

    static func all() throws -> [Golden] {
        try JSONDecoder().decode([Golden].self, from: Data(contentsOf: URL(fileURLWithPath: fixture("golden.json"))))
    }
}

extension Tensor {
    static func of(_ type: DataType, _ shape: [Int], _ bytes: [UInt8]) throws -> Tensor {
        let memory = TensorMemory(byteCount: bytes.count)
        memory.bytes.copyBytes(from: bytes)
        return try Tensor(type, shape: shape, memory: memory)
    }

    static func of<Number: BitwiseCopyable>(_ type: DataType, _ shape: [Int], _ numbers: [Number]) throws -> Tensor {
        try of(type, shape, numbers.withUnsafeBytes { Array($0) })
    }

    static func floats(_ shape: [Int], _ numbers: [Float]) throws -> Tensor {
        try of(.float32, shape, numbers)
    }

    var floats: [Float] {
        withBytes { bytes in
            (0..<elementCount).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
        }
    }

    var texts: [String] {
        guard case .strings(let strings) = content else { return [] }
        return strings.map { String(decoding: $0, as: UTF8.self) }
    }
}

extension ModelValue {
    var tensor: Tensor? {
        if case .tensor(let tensor) = self { tensor } else { nil }
    }
}

extension ModelValue {
    /// Whether the value is what the golden file has: floats to 1e-6, all else exactly.
    func isEqual(to golden: Golden.Value) throws -> Bool {
        switch self {
        case .sequence(let elements):
            guard let sequence = golden.sequence, sequence.count == elements.count else { return false }
            return try zip(elements, sequence).allSatisfy { try $0.isEqual(to: $1) }
        case .map(let keys, let values):
            guard let goldenKeys = golden.keys, let goldenValues = golden.values else { return false }
            return try ModelValue.tensor(keys).isEqual(to: goldenKeys)
                && ModelValue.tensor(values).isEqual(to: goldenValues)
        case .tensor(let tensor):
            let other = try golden.tensor()
            guard tensor.shape == other.shape, tensor.dataType == other.dataType else { return false }
            if tensor.dataType == .string { return tensor.texts == other.texts }
            if tensor.dataType != .float32 { return tensor.hasSameBytes(as: other) }
            return zip(tensor.floats, other.floats).allSatisfy { abs($0 - $1) <= 1e-6 * max(1, abs($1)) }
        }
    }
}
