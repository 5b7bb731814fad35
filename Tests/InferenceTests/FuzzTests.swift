import Testing

@testable import Inference

/// Requests made of chance: each gets an answer or an error that tells whose fault it is, and nothing traps.
@Suite(.enabled(if: TestRuntime.isAvailable, Comment(rawValue: TestRuntime.reason)), .timeLimit(.minutes(3)))
struct FuzzTests {
    private struct Chance: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }

        mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

        mutating func tensor(like input: ModelSignature.Input) throws -> Tensor {
            let isRight = below(4) > 0
            let type = isRight ? input.dataType : DataType.allCases[below(DataType.allCases.count)]
            var shape = input.shape.map { $0 ?? below(5) }
            if below(6) == 0 { shape = (0..<below(4)).map { _ in below(4) } }
            let count = try Tensor.elementCount(of: shape)
            guard let size = type.size else {
                return try Tensor(
                    strings: (0..<count).map { _ in (0..<below(5)).map { _ in UInt8(below(256)) } },
                    shape: shape
                )
            }
            let bytes = (0..<count * size).map { _ in type == .bool ? UInt8(below(2)) : UInt8(below(256)) }
            return try .of(type, shape, bytes)
        }

        mutating func request(_ signature: ModelSignature) throws -> InferenceRequest {
            var inputs = try signature.inputs.map { NamedTensor($0.name, try tensor(like: $0)) }
            if below(5) == 0 { inputs.shuffle(using: &self) }
            if below(8) == 0, !inputs.isEmpty { inputs.remove(at: below(inputs.count)) }
            if below(12) == 0, let first = inputs.first { inputs.append(first) }
            if below(12) == 0, let first = inputs.first { inputs.append(NamedTensor("\u{0}é", first.tensor)) }
            var outputs: [String] = []
            for output in signature.outputs where below(3) == 0 { outputs.append(output.name) }
            if below(20) == 0 { outputs.append("none") }
            return InferenceRequest(inputs: inputs, outputs: outputs)
        }
    }

    private static let models = [
        "types", "two", "rows", "dynamic", "across", "scalar", "optional", "sequence", "convolution", "digits_lr",
        "digits_lr_zipmap", "digits_lr_strlabels", "external",
    ]

    @Test(arguments: models) func anyRequestIsAnsweredOrRefused(_ name: String) throws {
        let model = try TestRuntime.model(name + ".onnx")
        var chance = Chance(state: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
        var answered = 0
        for _ in 0..<600 {
            let request = try chance.request(model.signature)
            do throws(InferenceError) {
                let answers = try model.infer(request.inputs, outputs: request.outputs)
                #expect(request.outputs.isEmpty || answers.map(\.name) == request.outputs)
                answered += 1
            } catch {
                switch error {
                case .invalidInput, .failed: break
                default: Issue.record("\(error)")
                }
            }
        }
        #expect(answered > 0)
    }

    @Test(arguments: models) func togetherIsAsAlone(_ name: String) throws {
        let model = try TestRuntime.model(name + ".onnx")
        let batcher = Batcher(ModelSlot(model), options: BatcherOptions(maxRows: 7, quick: .seconds(60)))
        defer { batcher.close() }
        var chance = Chance(state: UInt64(name.utf8.count))
        for _ in 0..<40 {
            let requests = try (0..<12).map { _ in try chance.request(model.signature) }
            let answers = Answers()
            for (number, request) in requests.enumerated() { batcher.enqueue(request, answers.completion(number)) }
            batcher.runWaiting()
            let results = answers.wait(requests.count)
            for (number, request) in requests.enumerated() {
                let alone = Result { () throws(InferenceError) in
                    try model.infer(request.inputs, outputs: request.outputs)
                }
                switch (results[number], alone) {
                case (.success(let one), .success(let two)):
                    #expect(one.count == two.count && zip(one, two).allSatisfy { $0.value.agrees(with: $1.value) })
                case (.failure, .failure): break
                default: Issue.record("\(request.inputs): \(String(describing: results[number])) but alone \(alone)")
                }
            }
        }
    }
}
