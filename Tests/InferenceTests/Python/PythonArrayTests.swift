import Foundation
import Inference
import Testing

private let code = """
    from typing import TypedDict
    import numpy as np

    class _Both(TypedDict):
        label: "str[n]"
        score: "float16[n]"

    class Model:
        def __init__(self):
            self.seen = None

        def predict(self, x: "float32[n,k]") -> "float32[n,k]":
            assert isinstance(x, np.ndarray) and x.dtype == np.float32
            return x.astype(np.float64) * 2

        def flags(self, x: "float32[n,k]") -> "bool[2]":
            return np.array([x.flags.writeable, x.flags.owndata])

        def both(self, x: "int64[n]") -> _Both:
            return {"label": np.array(["é%d" % v for v in x]), "score": x / 2}

        def half(self, x: "float16[n]") -> "float16[n]":
            return x + 1

        def keep(self, x: "float32[n]") -> "float32[1]":
            before = 0.0 if self.seen is None else float(self.seen[-1])
            self.seen = x
            return [before]

        def same(self, x: "float32[n]") -> "float32[n]":
            return x

        def pair(self, x: "float32[n]", y: "float32[n]") -> "float32[n]":
            return x + y

        def wrong(self, x: "float32[n]") -> "int64[n]":
            return x

        def shape(self, x: "float32[n]") -> "float32[n,2]":
            return x

        def free(self, x: np.ndarray) -> np.ndarray:
            return x * 2

        def proba(self, x: "float64[n,2]") -> dict:
            return {"p": np.float32(0.5), "all": x, "n": np.int64(3), 4: {np.str_("k"): None}}
    """

@Suite(.enabled(if: Python.withNumpy != nil, "needs a Python with numpy, see APUS_PYTHON"), .serialized)
struct PythonArrayTests {
    private func serve(_ body: (PythonModel) throws -> Void) throws {
        try PythonProject(code).serve(python: Python.withNumpy, body)
    }

    private func infer(
        _ model: PythonModel,
        _ method: String,
        _ inputs: [(String, Tensor)],
        outputs: [String] = []
    ) throws -> [NamedValue] {
        let found = try #require(model.tensorModel(for: method))
        return try found.infer(inputs.map { NamedTensor($0, $1) }, outputs: outputs, deadline: nil)
    }

    @Test func answersTakeTheTypeOfTheHint() throws {
        try serve { model throws in
            let input = try Tensor(.float32, [2, 2], [1, 2, 3, 4] as [Float])
            let answer = try infer(model, "predict", [("x", input)])
            #expect(answer[0].tensor?.dataType == .float32 && answer[0].tensor?.shape == [2, 2])
            #expect(answer[0].tensor?.elements(Float.self) == [2, 4, 6, 8])
            let half = try infer(model, "half", [("x", Tensor(.float16, [2], [0x3C00, 0x4000] as [UInt16]))])
            #expect(half[0].tensor?.elements(UInt16.self) == [0x4000, 0x4200])
            for method in ["wrong", "shape"] {
                let input = try Tensor(.float32, [1], [1] as [Float])
                #expect(throws: InferenceError.failed("the model failed; see the server's log")) {
                    try infer(model, method, [("x", input)])
                }
            }
        }
    }

    @Test func inputsAreViewsThatCannotBeWritten() throws {
        try serve { model throws in
            for count in [1, 100_000] {
                let input = try Tensor(.float32, [count, 1], [Float](repeating: 1, count: count))
                let flags = try infer(model, "flags", [("x", input)])
                #expect(flags[0].tensor?.elements(Bool.self) == [false, false])
            }
        }
    }

    @Test func aDictionaryHasSeveralOutputs() throws {
        try serve { model throws in
            let input = try Tensor(.int64, [2], [1, 2] as [Int64])
            let answers = try infer(model, "both", [("x", input)])
            #expect(answers.map(\.name) == ["label", "score"])
            guard case .strings(let labels)? = answers[0].tensor?.content else {
                Issue.record("no strings")
                return
            }
            #expect(labels == ["é1", "é2"].map { Array($0.utf8) })
            #expect(answers[1].tensor?.elements(UInt16.self) == [0x3800, 0x3C00])
            #expect(try infer(model, "both", [("x", input)], outputs: ["score"]).map(\.name) == ["score"])
        }
    }

    @Test func largeArraysGoThroughSharedMemory() throws {
        try serve { model throws in
            for count in [16_383, 16_384, 1_000_000, 3, 20_000_000, 500_000] {
                let input = try Tensor(.float32, [count], (0..<count).map(Float.init))
                let answer = try infer(model, "same", [("x", input)])
                #expect(answer[0].tensor?.hasSameBytes(as: input) == true)
            }
            let large = try Tensor(.float32, [100_000], [Float](repeating: 1, count: 100_000))
            let more = try Tensor(.float32, [100_000], [Float](repeating: 2, count: 100_000))
            let sum = try infer(model, "pair", [("y", more), ("x", large)])
            #expect(sum[0].tensor?.elements(Float.self).allSatisfy { $0 == 3 } == true)
        }
    }

    @Test func anInputThatTheModelKeepsDoesNotChange() throws {
        try serve { model throws in
            for number in 1...5 {
                let input = try Tensor(.float32, [100_000], [Float](repeating: Float(number), count: 100_000))
                let before = try infer(model, "keep", [("x", input)])
                #expect(before[0].tensor?.elements(Float.self) == [Float(number - 1)])
            }
        }
    }

    @Test func shapesAreChecked() throws {
        try serve { model throws in
            let two = try Tensor(.float32, [2], [1, 2] as [Float])
            let three = try Tensor(.float32, [3], [1, 2, 3] as [Float])
            #expect(throws: InferenceError.invalidInput("y: n is 3 here, 2 elsewhere")) {
                try infer(model, "pair", [("x", two), ("y", three)])
            }
            #expect(throws: InferenceError.self) { try infer(model, "predict", [("x", two)]) }
            #expect(throws: InferenceError.self) { try infer(model, "pair", [("x", two)]) }
            #expect(throws: InferenceError.self) { try infer(model, "half", [("x", two)]) }
        }
    }

    @Test func arraysOfJSONWork() throws {
        try serve { model throws in
            let free = try model.text("free", #"{"x": [[1, 2]]}"#)
            #expect(free == "[[2, 4]]")
            #expect(
                try model.text("proba", #"{"x": [[0.5, 1]]}"#)
                    == #"{"p": 0.5, "all": [[0.5, 1.0]], "n": 3, "4": {"k": null}}"#
            )
            #expect(model.error("free", #"{"x": [[1], [1, 2]]}"#) != nil)
            #expect(model.tensorModel(for: "free") == nil)
        }
    }
}
