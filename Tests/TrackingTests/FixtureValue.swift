import Foundation
import OrderedCollections
import Tracking
import Values

/// A value in a fixture, written with its kind: `{"i": "1"}`, `{"f": "0.5"}`, `{"m": [["key", …]]}`.
struct FixtureValue: Decodable {
    var value: Value
    var failure: ReadFailure?

    private enum Kind: String, CodingKey { case n, b, i, f, s, l, m, e }

    private struct Member: Decodable {
        var key: String
        var value: FixtureValue

        init(from decoder: any Decoder) throws {
            var members = try decoder.unkeyedContainer()
            key = try members.decode(String.self)
            value = try members.decode(FixtureValue.self)
        }
    }

    init(from decoder: any Decoder) throws {
        let kinds = try decoder.container(keyedBy: Kind.self)
        value = .null
        switch kinds.allKeys.first {
        case .b: value = .bool(try kinds.decode(Bool.self, forKey: .b))
        case .i:
            let digits = try kinds.decode(String.self, forKey: .i)
            value = Int(digits).map(Value.int) ?? .bigInt(digits)
        case .f: value = .float(Double(try kinds.decode(String.self, forKey: .f)) ?? .nan)
        case .s: value = .string(try kinds.decode(String.self, forKey: .s))
        case .l: value = .list(try kinds.decode([FixtureValue].self, forKey: .l).map(\.value))
        case .m:
            let members = try kinds.decode([Member].self, forKey: .m)
            value = .map(Value.Map(members.map { (Value.Key($0.key), $0.value.value) }) { $1 })
        case .e:
            let texts = try kinds.decode([String].self, forKey: .e)
            failure = ReadFailure(type: texts[0], message: texts[1])
        case .n, nil: break
        }
    }

    /// The members as files.
    var files: TrackedFiles {
        TrackedFiles(
            values: OrderedDictionary(uniqueKeysWithValues: (value.map ?? [:]).map { ($0.key.text, $0.value) })
        )
    }
}

/// Reads a fixture; an unreadable one is no fixture, which the tests notice.
func fixtures<Fixture: Decodable>(_ name: String) -> [Fixture] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name).json")
    guard let data = try? Data(contentsOf: file) else { return [] }
    return (try? JSONDecoder().decode([Fixture].self, from: data)) ?? []
}
