import Testing

@testable import Inference

@Suite(.enabled(if: TestRuntime.isAvailable, Comment(rawValue: TestRuntime.reason)))
struct ONNXModelTests {
    @Test func answersAsPythonDoes() throws {
        for sample in try Golden.all() {
            let model = try TestRuntime.model(sample.model)
            let inputs = try sample.inputs.map { NamedTensor($0.name, try $0.value.tensor()) }
            let answers = try model.infer(inputs)
            #expect(answers.map(\.name) == sample.outputs.map(\.name), "\(sample.model)")
            for (answer, golden) in zip(answers, sample.outputs) {
                #expect(try answer.value.isEqual(to: golden.value), "\(sample.model) \(answer.name)")
            }
        }
    }

    @Test func everyTypeGoesInAndComesOut() throws {
        let model = try TestRuntime.model("types.onnx")
        let inputs = try model.signature.inputs.map { input in
            let type = input.dataType
            if type == .string {
                let strings: [[UInt8]] = [Array("größe".utf8), [], [0, 255, 0], Array("last".utf8)]
                return NamedTensor(input.name, try Tensor(strings: strings, shape: [2, 2]))
            }
            let bytes = (0..<4 * (type.size ?? 0)).map { type == .bool ? UInt8($0 % 2) : UInt8($0 + 1) }
            return NamedTensor(input.name, try .of(type, [2, 2], bytes))
        }
        #expect(Set(inputs.map(\.tensor.dataType)) == Set(DataType.allCases))
        for (answer, input) in zip(try model.infer(inputs.reversed()), inputs) {
            let tensor = try #require(answer.value.tensor)
            #expect(tensor.dataType == input.tensor.dataType && tensor.shape == [2, 2])
            #expect(tensor.hasSameBytes(as: input.tensor))
            if case .strings(let got) = tensor.content, case .strings(let given) = input.tensor.content {
                #expect(got == given)
            }
        }
    }

    @Test func signatureIsRead() throws {
        let model = try TestRuntime.model("digits_lr_strlabels.onnx")
        #expect(model.signature.inputs == [.init(name: "X", dataType: .float32, shape: [nil, 64])])
        #expect(
            model.signature.outputs == [
                .init(name: "output_label", kind: .tensor(.string, shape: [nil])),
                .init(name: "output_probability", kind: .sequence(.map(key: .string, value: .float32))),
            ]
        )
        let optional = try TestRuntime.model("optional.onnx").signature.inputs
        #expect(optional.map(\.name) == ["x", "bias"] && optional.map(\.isOptional) == [false, true])
    }

    @Test func onlyWhatIsAskedForIsComputed() throws {
        let model = try TestRuntime.model("rows.onnx")
        let x = try Tensor.floats([1, 3], [1, 2, 4])
        let answers = try model.infer([NamedTensor("b", x), NamedTensor("a", x)], outputs: ["total"])
        #expect(answers.map(\.name) == ["total"] && answers.first?.value.tensor?.floats == [7])
        let both = try model.infer(
            [NamedTensor("a", x), NamedTensor("b", x)],
            outputs: ["total", "difference", "total"]
        )
        #expect(both.map(\.name) == ["total", "difference", "total"])
        #expect(both.last?.value.tensor?.floats == [7])
    }

    @Test func answersOutliveTheirModel() throws {
        let x = try Tensor.floats([1, 3], [1, 2, 4])
        let answers: [NamedValue] = try {
            let model = try TestRuntime.model("rows.onnx")
            defer { model.close() }
            return try model.infer([NamedTensor("a", x), NamedTensor("b", x)])
        }()
        #expect(answers[1].value.tensor?.floats == [7])
    }

    @Test func wrongInputsAreToldBeforeTheRun() throws {
        let model = try TestRuntime.model("rows.onnx")
        let good = try Tensor.floats([1, 3], [1, 2, 4])
        func error(_ inputs: [NamedTensor], _ outputs: [String] = []) -> String {
            do {
                _ = try model.infer(inputs, outputs: outputs)
                return ""
            } catch {
                guard case .invalidInput(let text) = error else { return "other: \(error)" }
                return text
            }
        }
        let a = NamedTensor("a", good)
        #expect(error([a]) == "input 'b' is missing")
        #expect(error([]) == "input 'a' is missing")
        #expect(error([a, a]) == "input 'a' is given twice")
        #expect(error([a, NamedTensor("c", good)]) == "the model has no input 'c', only 'a', 'b'")
        #expect(
            error([a, NamedTensor("b", try .floats([1, 2], [1, 2]))])
                == "input 'b' has shape [1, 2], the model takes [-1, 3]"
        )
        #expect(
            error([a, NamedTensor("b", try .floats([3], [1, 2, 4]))])
                == "input 'b' has shape [3], the model takes [-1, 3]"
        )
        #expect(
            error([a, NamedTensor("b", try .of(.int32, [1, 3], [1, 2, 4] as [Int32]))])
                == "input 'b' has the type INT32, the model takes FP32"
        )
        #expect(error([a, NamedTensor("b", good)], ["q"]) == "the model has no output 'q', only 'difference', 'total'")
        // Rows that do not fit together are found by the library itself.
        let (two, three) = (
            try Tensor.floats([2, 3], .init(repeating: 1, count: 6)),
            try Tensor.floats([3, 3], .init(repeating: 1, count: 9))
        )
        #expect {
            try model.infer([NamedTensor("a", two), NamedTensor("b", three)])
        } throws: { error in
            guard case .failed(let text) = error as? InferenceError else { return false }
            return text.contains("Sub") && !text.contains(".cc:") && !text.contains("\n")
        }
    }

    @Test func batchingIsFoundByTrying() throws {
        let batchable = [
            "rows", "digits_lr", "digits_lr_zipmap", "digits_lr_strlabels", "convolution", "types", "external",
        ]
        for name in batchable { #expect(try TestRuntime.model(name + ".onnx").isBatchable, "\(name)") }
        for name in ["two", "across", "dynamic", "scalar"] {
            #expect(try !TestRuntime.model(name + ".onnx").isBatchable, "\(name)")
        }
        #expect(try TestRuntime.model("across.onnx", options: .init(batching: true)).isBatchable)
        #expect(try !TestRuntime.model("rows.onnx", options: .init(batching: false)).isBatchable)
    }

    @Test func warmUpRuns() throws {
        for name in ["types", "digits_lr", "scalar", "optional", "dynamic"] {
            try TestRuntime.model(name + ".onnx").warmUp()
        }
    }

    @Test func hugeInputsAreNotTried() throws {
        let model = try TestRuntime.model("huge.onnx")
        #expect(!model.isBatchable)
        #expect(throws: InferenceError.failed("input 'x' is too large to try the model with zeros")) {
            try model.warmUp()
        }
    }

    @Test func afterCloseThereIsNoAnswer() throws {
        let model = try TestRuntime.model("scalar.onnx")
        model.close()
        model.close()
        let x = NamedTensor("x", try .of(.int64, [], [1] as [Int64]))
        #expect(throws: InferenceError.unavailable("the model is closed")) { try model.infer([x]) }
    }

    @Test func deadlineThatHasPassedSparesTheRun() throws {
        let model = try TestRuntime.model("scalar.onnx")
        let x = NamedTensor("x", try .of(.int64, [], [1] as [Int64]))
        #expect(throws: InferenceError.timeout) { try model.infer([x], deadline: Deadline(.now)) }
    }

    @Test func manyThreadsShareOneModel() async throws {
        let model = try TestRuntime.model("digits_lr.onnx")
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for seed in 0..<8 {
                group.addTask {
                    let x = try Tensor.floats([1, 64], (0..<64).map { Float(($0 * (seed + 1)) % 17) })
                    let first = try model.infer([NamedTensor("X", x)])[1].value.tensor?.floats
                    return try (0..<200).allSatisfy { _ in
                        try model.infer([NamedTensor("X", x)])[1].value.tensor?.floats == first
                    }
                }
            }
            for try await isEqual in group { #expect(isEqual) }
        }
    }
}
