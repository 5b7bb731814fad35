import Inference
import Serving
import Testing

@Suite struct JSONTensorReaderTests {
    private func read(_ type: DataType, _ text: String) throws -> Tensor {
        try Array(text.utf8).withUnsafeBytes {
            var cursor = JSONCursor($0)
            let tensor = try JSONTensorReader.read(type, from: &cursor)
            try cursor.expectEnd()
            return tensor
        }
    }

    @Test(arguments: [
        ("5", []), ("[]", [0]), ("[[],[]]", [2, 0]), ("[1]", [1]), ("[ [ 1 , 2 ] , [ 3 , 4 ] , [5,6] ]", [3, 2]),
        ("[[[1],[2]],[[3],[4]]]", [2, 2, 1]),
    ])
    func theShapeIsThatOfTheNesting(text: String, shape: [Int]) throws {
        #expect(try read(.float32, text).shape == shape)
    }

    @Test(arguments: [
        "[1,[2]]", "[[1],2]", "[[1],[[2]]]", "[[[1]],[2]]", "[[1,2],[3]]", "[[],[1]]", "[[1],[]]", "[1,]", "[,1]",
        "[1 2]",
        "[[1],[2]", "[[1]]]", "[01]", "[1.]", "[.5]", "[+1]", "[1e]", "[-]", "[NaN]", "[Infinity]", "[-Infinity]",
        "[null]",
        "[true]", "[\"1\"]", "[0x1]", "[1_0]", "", "[1e400]",
    ])
    func otherArraysAreRefused(text: String) {
        #expect(throws: JSONProblem.self) { try read(.float64, text) }
    }

    @Test(arguments: [
        "0", "-0", "0.1", "1e22", "1e23", "-1.5e-10", "9007199254740993", "123456789012345678901234567890",
        "0.000000000000000000000000000000000000000000001", "2.2250738585072011e-308", "1.7976931348623157e308",
        "5e-324", "0.30000000000000004", "1E+2", "18446744073709551616.5", "1e-400", "100000000000000000000000e-5",
    ])
    func numbersAreTheNearestDoubles(text: String) throws {
        let tensor = try read(.float64, text)
        let value = tensor.numbers(Double.self)[0]
        #expect(value.bitPattern == Double(text)?.bitPattern)
    }

    @Test func randomNumbersComeBack() throws {
        for _ in 0..<20_000 {
            let value = Double(bitPattern: .random(in: 0...UInt64.max))
            guard value.isFinite else { continue }
            let tensor = try read(.float64, "\(value)")
            #expect(tensor.numbers(Double.self)[0] == value)
        }
    }

    @Test func integersKeepAllTheirBits() throws {
        let tensor = try read(.int64, "[-9223372036854775808,9223372036854775807,5.0,1e3]")
        #expect(tensor.numbers(Int64.self) == [.min, .max, 5, 1000])
        let largest = try read(.uint64, "18446744073709551615")
        #expect(largest.numbers(UInt64.self)[0] == .max)
    }

    @Test(arguments: [
        (DataType.uint8, "256"), (.uint8, "-1"), (.int8, "128"), (.int64, "9223372036854775808"), (.int32, "1.5"),
        (.uint64, "18446744073709551616"), (.float32, "1e39"), (.float16, "65520"), (.bool, "2"), (.int16, "true"),
        (.int64, "-9223372036854775809"), (.bfloat16, "3.4e38"),
    ])
    func whatDoesNotFitIsRefused(type: DataType, text: String) {
        #expect(throws: JSONProblem.self) { try read(type, text) }
    }

    @Test func truthValuesAndStringsAreRead() throws {
        let truths = try read(.bool, "[true,false,1,0]")
        #expect(truths.numbers(UInt8.self) == [1, 0, 1, 0])
        guard case .strings(let strings) = try read(.string, #"["a","\u00e9\ud83d\ude00\n","","\\\""]"#).content else {
            Issue.record("no strings")
            return
        }
        #expect(strings == ["a", "é😀\n", "", "\\\""].map { Array($0.utf8) })
    }
}
