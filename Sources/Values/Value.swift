import Glibc
package import OrderedCollections

/// A value of a configuration, lock, parameter or metric file, with the distinctions Python's readers make.
///
/// Mappings keep the order of the file. Equality (`==`) is structural; see ``isEqualInPython(to:)`` for the
/// comparison DVC applies to parameters.
package enum Value: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    /// An integer beyond 64 bits, as canonical decimal digits with an optional leading minus.
    case bigInt(String)
    case float(Double)
    case string(String)
    /// A YAML or TOML date or timestamp, in the text that Python's `str()` gives for it.
    case date(String)
    case list([Value])
    case map(Map)

    package typealias Map = OrderedDictionary<Key, Value>

    /// A mapping key: a string, or the text of another scalar (`1`, `true`, empty for null) that stays unquoted.
    package struct Key: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
        /// The key as Python's `str()` shows it, except booleans and null, which are in YAML's spelling.
        package let text: String
        /// Whether the file had a string here; otherwise the text resolves to a number, boolean, date or null.
        package let isString: Bool

        package init(_ text: String, isString: Bool = true) {
            self.text = text
            self.isString = isString
        }

        package init(stringLiteral text: String) {
            self.init(text)
        }

        package var description: String { text }

        /// Whether the texts are the same code points; Swift would take the two spellings of `é` for equal.
        package static func == (left: Key, right: Key) -> Bool {
            guard left.isString == right.isString, left.text.utf8.count == right.text.utf8.count else { return false }
            let areSame = left.text.utf8.withContiguousStorageIfAvailable { left in
                right.text.utf8.withContiguousStorageIfAvailable { right in
                    guard let first = left.baseAddress, let second = right.baseAddress else { return left.isEmpty }
                    return memcmp(first, second, left.count) == 0
                }
            }
            return (areSame ?? nil) ?? left.text.utf8.elementsEqual(right.text.utf8)
        }

        package func hash(into hasher: inout Hasher) {
            let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable {
                hasher.combine(bytes: UnsafeRawBufferPointer($0))
            }
            if isHashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
        }
    }
}

extension Value {
    /// The value under `key` when this is a mapping that has it.
    package subscript(key: Key) -> Value? {
        guard case .map(let map) = self else { return nil }
        return map[key]
    }

    /// The string, when this is one.
    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The elements, when this is a list.
    package var list: [Value]? {
        guard case .list(let elements) = self else { return nil }
        return elements
    }

    /// The mapping, when this is one.
    package var map: Map? {
        guard case .map(let map) = self else { return nil }
        return map
    }

    /// The boolean, when this is one.
    package var bool: Bool? {
        guard case .bool(let flag) = self else { return nil }
        return flag
    }

    /// The integer, when this is one that fits 64 bits.
    package var int: Int? {
        guard case .int(let number) = self else { return nil }
        return number
    }
}
