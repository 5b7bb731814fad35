package import Values

/// One step from a collection to a value in it.
package enum YAMLStep: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case key(Value.Key)
    case index(Int)

    package init(stringLiteral text: String) {
        self = .key(Value.Key(text))
    }

    package init(integerLiteral index: Int) {
        self = .index(index)
    }
}
