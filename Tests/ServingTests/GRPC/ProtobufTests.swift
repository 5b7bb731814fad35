import Foundation
import Inference
import NIOCore
import Testing

@testable import Serving

@Suite struct ProtobufTests {
    static func fixture(_ name: String) throws -> [UInt8] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: folder.appendingPathComponent("Fixtures/grpc/\(name).pb")))
    }

    static func decode(_ bytes: [UInt8]) throws -> (ModelInferMessage, [NamedTensor]) {
        try bytes.withUnsafeBytes { bytes in
            let message = try ModelInferMessage(ProtobufReader(bytes))
            return (message, try message.tensors())
        }
    }

    static func written(_ write: (inout ProtobufWriter) throws -> Void) rethrows -> [UInt8] {
        var writer = ProtobufWriter()
        try write(&writer)
        return Array(writer.buffer.readableBytesView)
    }

    private func strings(_ tensor: Tensor) -> [[UInt8]] {
        if case .strings(let strings) = tensor.content { strings } else { [] }
    }

    @Test func aClientsRequestIsRead() throws {
        let (message, tensors) = try Self.decode(try Self.fixture("raw"))
        #expect(message.model == "echo" && message.version == "1" && message.id == "r-7")
        #expect(message.outputs == ["out"] && message.timeout == 250_000 && message.isRaw)
        #expect(tensors.map(\.name) == ["image", "words"])
        #expect(tensors[0].tensor.shape == [2, 3])
        #expect(tensors[0].tensor.numbers(Float.self) == [0, 0.25, 0.5, 0.75, 1, 1.25])
        #expect(strings(tensors[1].tensor) == [Array("swift".utf8), Array("Ä".utf8)])
    }

    @Test func elementsOfEveryTypeAreReadAndWritten() throws {
        let (message, tensors) = try Self.decode(try Self.fixture("contents"))
        #expect(!message.isRaw)
        let response = ProviderResponse(
            model: "echo",
            version: "1",
            outputs: tensors.map { NamedValue($0.name, .tensor($0.tensor)) }
        )
        for (name, isRaw) in [("response-raw", true), ("response-contents", false)] {
            let reply = try InferReply(response: response, id: "r-7", isRaw: isRaw)
            let bytes = Self.written { reply.write(to: &$0) }
            #expect(bytes == (try Self.fixture(name)), "\(name)")
        }
    }

    @Test func elementsMayComeOneByOne() throws {
        let bytes = Self.written { writer in
            writer.message(5) { input in
                input.write("x", 1)
                input.write("INT64", 2)
                input.tag(3, .varint)
                input.varint(2)
                for value in [UInt64(7), 300] {
                    input.message(5) { contents in
                        contents.tag(3, .varint)
                        contents.varint(value)
                    }
                }
            }
        }
        let (_, tensors) = try Self.decode(bytes)
        #expect(tensors[0].tensor.numbers(Int64.self) == [7, 300])
    }

    @Test func whatIsToldOfModelsIsWhatClientsRead() throws {
        let model = EchoProvider().models[0]
        #expect(Self.written { $0.write(metadataOf: model) } == (try Self.fixture("metadata")))
        #expect(Self.written { $0.write(configurationOf: model) } == (try Self.fixture("config")))
        #expect(Self.written { $0.write(indexEntryOf: model) } == (try Self.fixture("index")))
        let statistics = try #require(EchoProvider().statistics(of: model))
        #expect(Self.written { $0.write(statistics, of: model) } == (try Self.fixture("statistics")))
    }

    @Test(arguments: [
        ("FP32", 6, [UInt8](repeating: 0, count: 8), "there are 2 elements for the shape [3]"),
        ("FP32", 6, [UInt8](repeating: 0, count: 16), "there are more elements than its shape has"),
        ("FP32", 6, [0, 0, 0, 0, 0], "there are more elements than its shape has"),
        ("FP32", 2, [1, 2, 3, 4], "its contents are of another type than FP32"),
        ("INT8", 2, [1, 2, 200, 1], "a number is out of the range of INT8"),
        ("FP16", 2, [1, 2, 3], "FP16 data can be sent in raw_input_contents only"),
        ("HALF", 2, [1, 2, 3], "there is no datatype 'HALF'"),
    ])
    func wrongContentsAreRefused(type: String, field: UInt32, content: [UInt8], text: String) {
        let bytes = Self.written { writer in
            writer.message(5) { input in
                input.write("x", 1)
                input.write(type, 2)
                input.write(packed: [3], 3)
                input.message(5) { contents in content.withUnsafeBytes { contents.write($0, field) } }
            }
        }
        let error = #expect(throws: InferenceError.self) { try Self.decode(bytes) }
        #expect(error == .invalidInput("input 'x': \(text)"))
    }

    @Test func aShapeDoesNotTakeMemoryThatNobodySent() {
        for type in DataType.allCases {
            let bytes = Self.written { writer in
                writer.message(5) { input in
                    input.write(type.rawValue, 2)
                    input.write(packed: [1 << 39], 3)
                    input.message(5) { contents in [1, 2, 3].withUnsafeBytes { contents.write($0, 8) } }
                }
            }
            #expect(throws: InferenceError.self) { try Self.decode(bytes) }
        }
    }

    @Test func damagedMessagesAreRefusedOrReadButDoNotTrap() throws {
        var generator = SystemRandomNumberGenerator()
        var refused = 0
        for fixture in [try Self.fixture("raw"), try Self.fixture("contents")] {
            for count in 0..<fixture.count {
                if (try? Self.decode(Array(fixture.prefix(count)))) == nil { refused += 1 }
            }
            for _ in 0..<4000 {
                var bytes = fixture
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
                }
                if (try? Self.decode(bytes)) == nil { refused += 1 }
            }
        }
        for _ in 0..<4000 {
            let bytes = (0..<Int.random(in: 0..<64)).map { _ in UInt8.random(in: 0...255, using: &generator) }
            if (try? Self.decode(bytes)) == nil { refused += 1 }
        }
        #expect(refused > 2000)
    }

    @Test func groupsAreSkippedAndNotTooDeep() throws {
        #expect(throws: Never.self) { try Self.decode([0xA3, 1, 0x08, 1, 0xA4, 1]) }
        #expect(throws: ProtobufError.invalidTag) { try Self.decode([0xA3, 1, 0x08, 1, 0xAC, 1]) }
        #expect(throws: ProtobufError.truncated) { try Self.decode([0xA3, 1, 0x08, 1]) }
        let deep = [[UInt8]](repeating: [0xA3, 1], count: 1000).flatMap { $0 }
        #expect(throws: ProtobufError.deepGroups) { try Self.decode(deep) }
    }

    @Test func lengthsOfAllSizesAreWritten() throws {
        for count in [0, 1, 127, 128, 16383, 16384, 3_000_000] {
            let content = [UInt8](repeating: 7, count: count)
            let bytes = Self.written { $0.message(3) { writer in writer.buffer.writeBytes(content) } }
            let read = try bytes.withUnsafeBytes { bytes in
                var reader = ProtobufReader(bytes)
                _ = try reader.nextField()
                return Array(try reader.content())
            }
            #expect(read == content)
            #expect(bytes.count == 1 + ProtobufWriter.size(of: UInt64(count)) + count)
        }
    }
}
