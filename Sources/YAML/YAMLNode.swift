package import Values

/// A node of a YAML text: what it holds and which bytes it is written with.
package struct YAMLNode: Sendable {
    /// The three kinds of node.
    package enum Kind: Sendable {
        case scalar(Value, YAMLScalarStyle)
        case sequence([YAMLNode], flow: Bool)
        /// The entries as written, a merge key `<<` among them.
        case mapping([(key: YAMLNode, value: YAMLNode)], flow: Bool)
    }

    /// What the text adds to a node besides its content.
    struct Marks: OptionSet {
        let rawValue: UInt8
        static let alias = Marks(rawValue: 1)
        static let anchor = Marks(rawValue: 2)
        static let tag = Marks(rawValue: 4)
    }

    /// What the node holds; for an alias, what its anchor holds.
    package let kind: Kind
    let firstByte: UInt32
    let endByte: UInt32
    let propertiesByte: UInt32
    let lineNumber: UInt32
    let columnNumber: UInt32
    /// Where the `-` of an item or the `:` of a value stands; the node's start when there is none.
    var indicatorByte: UInt32
    var marks: Marks = []

    /// The first byte of the content, after an anchor and a tag.
    package var start: Int { Int(firstByte) }
    /// The byte after the content; equal to ``start`` for an empty value.
    package var end: Int { Int(endByte) }
    /// The line of ``start``, from 1.
    package var line: Int { Int(lineNumber) }
    /// The column of ``start`` in characters, from 1.
    package var column: Int { Int(columnNumber) }

    /// The first byte of the anchor and tag, or of the content when it has neither.
    var propertiesStart: Int { Int(propertiesByte) }
    var indicator: Int { Int(indicatorByte) }
    var isAlias: Bool { marks.contains(.alias) }
    /// Whether nothing is written for the value.
    var isEmpty: Bool { firstByte == endByte && !isAlias }
}

/// How a scalar is written.
package enum YAMLScalarStyle: Hashable, Sendable {
    case plain
    case singleQuoted
    case doubleQuoted
    case literal
    case folded
}
