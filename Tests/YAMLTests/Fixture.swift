import Foundation
import OrderedCollections
import Testing
import Values

/// Reads the fixture files and the values in them.
enum Fixture {
    static func cases(_ name: String) throws -> [Value] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
        let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
        return try #require(Value(json: bytes).list)
    }

    static func value(_ encoded: Value) throws -> Value {
        switch encoded {
        case .list(let items): return .list(try items.map(value))
        case .map(let map):
            if let date = map["date"] { return .date(try #require(date.string)) }
            var result: Value.Map = [:]
            for pair in try #require(map["map"]?.list) {
                let members = try #require(pair.list)
                result[try key(value(members[0]))] = try value(members[1])
            }
            return .map(result)
        default: return encoded
        }
    }

    private static func key(_ value: Value) -> Value.Key {
        switch value {
        case .string(let text): Value.Key(text)
        case .null: Value.Key("", isString: false)
        case .bool(let flag): Value.Key(flag ? "true" : "false", isString: false)
        default: Value.Key(value.pythonText, isString: false)
        }
    }
}

/// A generator whose numbers are the same in each run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension String {
    init(_ bytes: [UInt8]) { self.init(decoding: bytes, as: UTF8.self) }
}
