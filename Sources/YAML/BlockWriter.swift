import OrderedCollections
import Values

/// Writes values in block style, and keeps the column for folding.
struct BlockWriter {
    /// How far collections stand behind what they are in.
    struct Layout {
        var mappingStep = 2
        /// The columns between a key and the dashes of the sequence under it.
        var dashOffset = 0
    }

    static let width = 80

    let layout: Layout
    private(set) var bytes: [UInt8] = []
    private(set) var column: Int

    init(layout: Layout = Layout(), column: Int = 0) {
        self.layout = layout
        self.column = column
    }

    mutating func writeDocument(_ value: Value, indent: Int = 0) {
        put(spaces: indent)
        switch value {
        case .map(let map) where !map.isEmpty: writeEntries(map, indent: indent)
        case .list(let items) where !items.isEmpty: writeItems(items, indent: indent)
        case .map, .list: writeEmpty(value)
        case .null: put("null\n...")
        default: writeRoot(value, indent: indent)
        }
        put("\n")
    }

    private mutating func writeRoot(_ value: Value, indent: Int) {
        writeScalar(value, indent: indent, role: .root)
        let first = bytes.dropFirst(indent).first
        if first != UInt8(ascii: "'"), first != UInt8(ascii: "\"") { put("\n...") }
    }

    /// Writes entries from the current column, which is `indent`, on.
    mutating func writeEntries(_ map: Value.Map, indent: Int) {
        var isFirst = true
        for (key, value) in map {
            if !isFirst { newLine(indent) }
            isFirst = false
            writeEntry(key, value, indent: indent)
        }
    }

    mutating func writeEntry(_ key: Value.Key, _ value: Value, indent: Int) {
        guard YAMLText.isSimpleKey(key.text) else { return writeComplexEntry(key, value, indent: indent) }
        writeKey(key, indent: indent + layout.mappingStep, role: .key)
        put(":")
        writeValue(value, indent: indent)
    }

    /// Writes a blank or a line break and the value of an entry at `indent`.
    mutating func writeValue(_ value: Value, indent: Int) {
        switch value {
        case .null: break
        case .map(let map) where !map.isEmpty:
            newLine(indent + layout.mappingStep)
            writeEntries(map, indent: indent + layout.mappingStep)
        case .list(let items) where !items.isEmpty:
            newLine(indent + layout.dashOffset)
            writeItems(items, indent: indent + layout.dashOffset)
        case .map, .list:
            put(" ")
            writeEmpty(value)
        default:
            put(" ")
            writeScalar(value, indent: indent + layout.mappingStep, role: .value)
        }
    }

    /// Long keys and those of several lines: `? key`, and on the next line `: value`.
    private mutating func writeComplexEntry(_ key: Value.Key, _ value: Value, indent: Int) {
        put("? ")
        writeKey(key, indent: indent + 2, role: .value)
        newLine(indent)
        put(":")
        if case .null = value { return }
        writeCompact(value, indent: indent + 2)
    }

    mutating func writeItems(_ items: [Value], indent: Int) {
        for (index, item) in items.enumerated() {
            if index > 0 { newLine(indent) }
            put("-")
            writeCompact(item, indent: indent + 2)
        }
    }

    /// Writes a value behind an indicator, collections on the same line.
    private mutating func writeCompact(_ value: Value, indent: Int) {
        put(" ")
        switch value {
        case .null: break
        case .map(let map) where !map.isEmpty: writeEntries(map, indent: indent)
        case .list(let items) where !items.isEmpty: writeItems(items, indent: indent)
        case .map, .list: writeEmpty(value)
        default: writeScalar(value, indent: indent, role: .value)
        }
    }

    private mutating func writeEmpty(_ value: Value) {
        if case .map = value { put("{}") } else { put("[]") }
    }

    mutating func newLine(_ indent: Int) {
        bytes.append(0x0A)
        column = 0
        put(spaces: indent)
    }

    /// Writes a line break other than the usual one.
    mutating func put(lineBreak scalar: Unicode.Scalar) {
        put(scalar)
        column = 0
    }

    mutating func put(spaces count: Int) {
        bytes += repeatElement(0x20, count: max(0, count))
        column += max(0, count)
    }

    mutating func put(_ text: String) {
        bytes += text.utf8
        column += text.unicodeScalars.count
    }

    mutating func put(ascii text: String) {
        let count = bytes.count
        bytes += text.utf8
        column += bytes.count - count
    }

    mutating func put(_ scalar: Unicode.Scalar) {
        if scalar.isASCII {
            bytes.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            bytes += String(scalar).utf8
        }
        column += 1
    }

    mutating func put(_ scalars: ArraySlice<Unicode.Scalar>) {
        for scalar in scalars { put(scalar) }
    }
}
