import Inference
import Testing
import Values

@Suite struct ColumnTransformTests {
    private let together = ColumnTransform(
        columns: [.init(name: "a", type: .float32), .init(name: "b", type: .float32)],
        isTogether: true
    )
    private let apart = ColumnTransform(
        columns: [.init(name: "age", type: .int64), .init(name: "city", type: .string)],
        isTogether: false
    )

    private func tensors(_ transform: ColumnTransform, _ json: String) throws -> [NamedTensor] {
        try transform.tensors(rows: try Value(json: Array(json.utf8)), named: "input")
    }

    @Test(arguments: [
        (#"{"b": 2, "a": 1}"#, [1]), (#"[{"a": 1, "b": 2, "id": 7}, {"a": 3, "b": 4.5}]"#, [2]),
        ("[1, 2]", [1]), ("[[1, 2], [3, 4.5]]", [2]),
    ])
    func rowsBecomeOneTensorInTheColumnsOrder(json: String, rows: [Int]) throws {
        let tensors = try tensors(together, json)
        #expect(tensors.map(\.name) == ["input"])
        #expect(tensors[0].tensor.shape == rows + [2])
        #expect(tensors[0].tensor.numbers(Float.self) == Array([1, 2, 3, 4.5].prefix(rows[0] * 2)))
    }

    @Test func columnsOfTheirOwnTypesBecomeTensorsOfTheirOwn() throws {
        let tensors = try tensors(apart, #"[{"age": 41, "city": "Genève"}, {"age": 2, "city": ""}]"#)
        #expect(tensors.map(\.name) == ["age", "city"])
        #expect(tensors.map(\.tensor.shape) == [[2, 1], [2, 1]])
        #expect(tensors[0].tensor.numbers(Int64.self) == [41, 2])
        guard case .strings(let cities) = tensors[1].tensor.content else { return #expect(Bool(false), "no strings") }
        #expect(cities == [Array("Genève".utf8), []])
    }

    @Test func aNullIsNotANumber() throws {
        let tensor = try tensors(together, #"{"a": null, "b": NaN}"#)[0].tensor
        #expect(tensor.numbers(Float.self).allSatisfy { $0.isNaN })
    }

    @Test(arguments: [
        (#"[{"a": 1, "b": 2}, {"a": 1}]"#, "row 2: 'b' is missing"),
        (#"{"a": "1", "b": 2}"#, "row 1: 'a' must be a number"),
        (#"{"a": true, "b": 2}"#, "row 1: 'a' must be a number"),
        (#"{"a": 1e300, "b": 2}"#, "row 1: 'a' must be within the range of float32"),
        ("[[1, 2], [3]]", "row 2 has 1 values, not 2"), ("[]", "there are no rows"),
        ("7", "row 1 is neither an object nor a list"), ("[[1, 2], 3]", "row 2 is neither an object nor a list"),
    ])
    func aWrongRowIsNamed(json: String, message: String) {
        #expect(throws: InferenceError.invalidInput(message)) { try tensors(together, json) }
    }

    @Test(arguments: ["1.5", "9223372036854775808", "1e30", "null", "\"4\""])
    func whatIsNoWholeNumberIsRefused(number: String) {
        #expect(throws: InferenceError.self) { try tensors(apart, #"{"age": \#(number), "city": "x"}"#) }
    }
}
