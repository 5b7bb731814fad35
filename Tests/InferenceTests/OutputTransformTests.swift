import Foundation
import Inference
import OrderedCollections
import Testing
import Values

@Suite struct OutputTransformTests {
    private func tensor(_ numbers: [Float], _ shape: [Int]) throws -> Tensor {
        let memory = TensorMemory(byteCount: numbers.count * 4)
        numbers.withUnsafeBytes { memory.bytes.copyMemory(from: $0) }
        return try Tensor(.float32, shape: shape, memory: memory)
    }

    private func answer(_ transform: OutputTransform, _ numbers: [Float], _ shape: [Int]) throws -> [String] {
        let predictions = try transform.predictions(of: [NamedValue("scores", .tensor(try tensor(numbers, shape)))])
        return try predictions.map { prediction in
            var json: [UInt8] = []
            prediction.write(json: &json)
            // Both ways of writing tell the same.
            let read = try Value(json: json)
            #expect(read["prediction"] == prediction.value["prediction"])
            #expect(read["probabilities"]?.map?.keys == prediction.value["probabilities"]?.map?.keys)
            return String(decoding: json, as: UTF8.self)
        }
    }

    @Test func softmaxOfLogitsHasLabels() throws {
        var transform = OutputTransform()
        transform.activation = .softmax
        transform.labels = Labels(["Earth", "\"Mars\""])
        let answers = try answer(transform, [0, 0, 1000, 999], [2, 2])
        #expect(answers[0] == #"{"prediction": "Earth", "probabilities": {"Earth": 0.5, "\"Mars\"": 0.5}}"#)
        let second = try Value(json: Array(answers[1].utf8))["probabilities"]
        #expect(second?["Earth"] == .float(1 / (1 + exp(-1.0))))
    }

    @Test func theFirstProbabilitiesComeInOrder() throws {
        var transform = OutputTransform()
        transform.topCount = 2
        let answers = try answer(transform, [0.1, 0.2, 0.5, 0.2], [1, 4])
        #expect(answers == [#"{"prediction": 2, "probabilities": {"2": 0.5, "1": 0.2}}"#])
    }

    @Test func oneSigmoidTellsBetweenTwoClasses() throws {
        var transform = OutputTransform()
        transform.activation = .sigmoid
        transform.labels = Labels(["no", "yes"])
        #expect(
            try answer(transform, [0], [1, 1]) == [#"{"prediction": "yes", "probabilities": {"no": 0.5, "yes": 0.5}}"#]
        )
        transform.threshold = 0.6
        #expect(try answer(transform, [0], [1, 1])[0].hasPrefix(#"{"prediction": "no""#))
    }

    @Test func severalSigmoidsAreAListOfLabels() throws {
        var transform = OutputTransform()
        transform.activation = .sigmoid
        transform.labels = Labels(["a", "b", "c"])
        #expect(try answer(transform, [9, -9, 9], [1, 3])[0].hasPrefix(#"{"prediction": ["a", "c"], "#))
    }

    @Test func aLoneNumberIsTheAnswer() throws {
        #expect(
            try answer(OutputTransform(), [0.1, 7], [2, 1]) == [#"{"prediction": 0.1}"#, #"{"prediction": 7.0}"#]
        )
    }

    @Test func rowsOfClassesAndProbabilitiesKeepTheirKeys() throws {
        let row = ModelValue.map(
            keys: try Tensor(strings: [Array("x".utf8), Array("y".utf8)], shape: [2]),
            values: try tensor([0.25, 0.75], [2])
        )
        let labels = try Tensor(strings: [Array("y".utf8)], shape: [1])
        let predictions = try OutputTransform().predictions(
            of: [NamedValue("label", .tensor(labels)), NamedValue("probabilities", .sequence([row]))]
        )
        #expect(
            predictions.map(\.value) == [
                try Value(json: Array(#"{"prediction":"y","probabilities":{"x":0.25,"y":0.75}}"#.utf8))
            ]
        )
    }

    @Test func scoresThatDoNotFitAreTheModelsFault() throws {
        var transform = OutputTransform()
        transform.labels = Labels(["a", "b"])
        #expect(throws: InferenceError.failed("the model gives 3 scores and there are 2 labels")) {
            try answer(transform, [1, 2, 3], [1, 3])
        }
        transform.activation = .softmax
        #expect(throws: InferenceError.self) { try answer(transform, [.nan, 1], [1, 2]) }
        transform.tensor = "other"
        #expect(throws: InferenceError.self) { try answer(transform, [0, 1], [1, 2]) }
    }

    @Test(arguments: [
        (#"["a", "b"]"#, ["a", "b"]), (#"{"1": "b", "0": "a"}"#, ["a", "b"]), (#"{"b": 1, "a": 0}"#, ["a", "b"]),
        ("a\nb\n", ["a", "b"]), ("a b\r\nc\r\n", ["a b", "c"]), ("[3, 7]", ["3", "7"]),
    ])
    func labelsAreReadFromFiles(text: String, names: [String]) throws {
        #expect(try Labels(parsing: Array(text.utf8), path: "labels").names == names)
    }

    @Test(arguments: ["", "\n", "[]", "{}", "[", #"{"0": "a", "2": "b"}"#, #"["a", "a"]"#, #"[["a"]]"#])
    func aFileWithoutLabelsIsAFault(text: String) {
        #expect(throws: TransformFault.self) { try Labels(parsing: Array(text.utf8), path: "labels") }
    }
}
