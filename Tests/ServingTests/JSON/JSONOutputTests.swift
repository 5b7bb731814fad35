import Inference
import NIOCore
import Serving
import Testing
import Values

@Suite struct JSONOutputTests {
    private func text(_ body: (inout JSONOutput) -> Void) -> String {
        var output = JSONOutput(ByteBuffer())
        body(&output)
        return String(buffer: output.buffer)
    }

    private func tensor<Element: BitwiseCopyable>(
        _ type: DataType,
        _ elements: [Element],
        _ shape: [Int]
    ) throws -> Tensor {
        let memory = TensorMemory(byteCount: elements.count * MemoryLayout<Element>.stride)
        for (index, element) in elements.enumerated() {
            memory.bytes.storeBytes(of: element, toByteOffset: index * MemoryLayout<Element>.stride, as: Element.self)
        }
        return try Tensor(type, shape: shape, memory: memory)
    }

    @Test func tensorsAreNestedByTheirShape() throws {
        let numbers = try tensor(.int64, [1, -2, 3, 4, 5, Int64.min], [3, 2])
        #expect(text { $0.nested(numbers) } == "[[1,-2],[3,4],[5,-9223372036854775808]]")
        #expect(text { $0.flat(numbers) } == "[1,-2,3,4,5,-9223372036854775808]")
        let empty = try tensor(.float32, [Float](), [2, 0])
        #expect(text { $0.nested(empty) } == "[[],[]]")
        let scalar = try tensor(.float32, [Float(0.1)], [])
        #expect(text { $0.nested(scalar) } == "0.1")
    }

    @Test func floatsAreTheShortestThatReadBack() throws {
        let numbers = try tensor(.float32, [0.1, 1e-5, 1e20, -0.0, 3, .nan, .infinity] as [Float], [7])
        #expect(text { $0.flat(numbers) } == "[0.1,1e-05,1e+20,-0.0,3.0,null,null]")
        let random = (0..<5000).map { _ in Float(bitPattern: .random(in: 0...0x7F7F_FFFF)) }
        let whole = try tensor(.float32, random, [random.count])
        let written = text { $0.flat(whole) }
        let read = try Array(written.utf8).withUnsafeBytes {
            var cursor = JSONCursor($0)
            return try JSONTensorReader.read(.float32, from: &cursor)
        }
        #expect(read.numbers(Float.self) == random)
    }

    @Test func stringsAreEscapedAsValuesHaveThem() throws {
        for string in ["", "a\"b\\c", "\u{1}\u{1F}\u{7F}\n\r\t", "é😀\u{2028}", "x\u{0}y"] {
            let written = text { $0.string(string) }
            #expect(try Value(json: Array(written.utf8)) == .string(string))
        }
        let broken: [UInt8] = [0x61, 0xFF]
        #expect(text { output in broken.withUnsafeBytes { output.string($0) } } == "\"a\u{FFFD}\"")
    }
}
