package import Values

/// Goes from a collection to one of its members.
package enum YAMLStep: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case key(Value.Key)
    case index(Int)

    package init(stringLiteral key: String) {
        self = .key(Value.Key(key))
    }

    package init(integerLiteral index: Int) {
        self = .index(index)
    }
}
