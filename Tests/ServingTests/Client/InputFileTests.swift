import Inference
import Testing
import Values

@testable import Serving

@Suite struct InputFileTests {
    private func model(_ inputs: String) throws -> RemoteModel {
        RemoteModel(try Value(json: Array(#"{"name": "m", "inputs": [\#(inputs)]}"#.utf8)))
    }

    private func one(_ type: String = "FP32", _ shape: String = "[-1, 2]") throws -> RemoteModel {
        try model(#"{"name": "x", "datatype": "\#(type)", "shape": \#(shape)}"#)
    }

    private func read(_ text: String, _ ending: String, _ model: RemoteModel, input: String? = nil) throws -> Tensor {
        let tensors = try InputFile.read(Array(text.utf8), ending: ending, input: input, of: model)
        try #require(tensors.count == 1 && tensors[0].name == "x")
        return tensors[0].tensor
    }

    private func floats(_ tensor: Tensor) -> [Float] { tensor.numbers(Float.self) }

    @Test(arguments: [
        ("[[1, 2], [3, 4]]", "json"), ("[1, 2, 3, 4]", "json"), (#"{"x": [[1, 2], [3, 4]]}"#, "json"),
        ("a,b\n1,2\r\n3.0,4\n", "csv"), ("a,\"b,\"\"\"\n1,2\n3,\"4\"", "csv"), ("1 2\n3\t4\n\n", "txt"),
        ("1, 2\n3, 4", ""),
        (#"{"inputs": [{"name": "x", "datatype": "FP32", "shape": [2, 2], "data": [1, 2, 3, 4]}]}"#, "json"),
    ])
    func rowsAreReadFromTexts(text: String, ending: String) throws {
        let tensor = try read(text, ending, try one())
        #expect(tensor.shape == [2, 2] && floats(tensor) == [1, 2, 3, 4])
    }

    @Test func aSingleRowIsABatchOfOne() throws {
        #expect(try read("[1, 2]", "json", try one()).shape == [1, 2])
        #expect(try read("1 2 3 4", "", try one("FP32", "[-1, 2, 2]")).shape == [1, 2, 2])
        #expect(try read("[[1, 2], [3, 4]]", "json", try one("FP32", "[-1, 2, 2]")).shape == [1, 2, 2])
        #expect(try read("5", "", try one("INT64", "[1, 1]")).shape == [1, 1])
    }

    @Test func columnsAreInputsWhereAModelTakesSeveral() throws {
        let several = try model(
            #"{"name": "a", "datatype": "BYTES", "shape": [-1, 1]}, {"name": "b", "datatype": "INT8", "shape": [-1, 1]}"#
        )
        let tensors = try InputFile.read(Array("b,a\n1,one\n2,\"t,w\"".utf8), ending: "csv", input: nil, of: several)
        #expect(tensors.map(\.name) == ["b", "a"])
        #expect(tensors.map(\.tensor.shape) == [[2, 1], [2, 1]])
        #expect(tensors[0].tensor.numbers(UInt8.self) == [1, 2])
        #expect(throws: InputFileError.self) {
            try InputFile.read(Array("[1]".utf8), ending: "json", input: nil, of: several)
        }
    }

    /// What `numpy.save` writes for a type, a shape and bytes.
    private func array(_ type: String, _ shape: String, _ bytes: [UInt8], fortran: String = "False") -> [UInt8] {
        let header = "{'descr': '\(type)', 'fortran_order': \(fortran), 'shape': \(shape), }"
        return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + bytes
    }

    @Test func arraysOfNumPyAreRead() throws {
        let bytes = withUnsafeBytes(of: (1.0, 2.5, -3.0, 4.0), Array.init)
        let tensors = try InputFile.read(array("<f8", "(2, 2)", bytes), ending: "npy", input: nil, of: try one())
        #expect(floats(tensors[0].tensor) == [1, 2.5, -3, 4])
        let flags = try InputFile.read(
            array("|b1", "(2,)", [1, 0]),
            ending: "npy",
            input: "x",
            of: try one("BOOL", "[2]")
        )
        #expect(flags[0].tensor.numbers(UInt8.self) == [1, 0])
    }

    @Test func damagedArraysAreRefused() throws {
        let good = array("|u1", "(1, 2)", [1, 2])
        let model = try one("UINT8")
        #expect(try InputFile.read(good, ending: "npy", input: nil, of: model)[0].tensor.shape == [1, 2])
        for count in 0..<good.count {
            #expect(throws: InputFileError.self) {
                try InputFile.read(Array(good.prefix(count)), ending: "npy", input: nil, of: model)
            }
        }
        for bad in [
            array(">f4", "(1, 2)", [1, 2]), array("|O", "(1, 2)", [1, 2]),
            array("|u1", "(9999999999, 99999999999)", [1]),
            array("|u1", "(1, 2)", [1, 2], fortran: "True"), array("<f8", "(1, 2)", [UInt8](repeating: 255, count: 16)),
        ] {
            #expect(throws: InputFileError.self) { try InputFile.read(bad, ending: "npy", input: nil, of: model) }
        }
    }

    @Test(arguments: [
        ("a,b\n1\n", "csv"), ("a,b\n", "csv"), ("a,b\n\"1,2", "csv"), ("[1, 2, 3]", "json"), ("[1, [2]]", "json"),
        ("one two", ""), (#"{"y": [[1, 2]]}"#, "json"), ("", "json"), ("1 2\n3", ""),
    ])
    func otherTextsAreRefused(text: String, ending: String) throws {
        let model = try one()
        #expect(throws: InputFileError.self) { try read(text, ending, model) }
    }
}
