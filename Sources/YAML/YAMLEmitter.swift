import OrderedCollections
package import Values

/// Writes values as DVC does: ruamel.yaml's block style, lists not indented below their key, lines of 80 columns.
package enum YAMLEmitter {
    /// The bytes of a whole document.
    package static func emit(_ value: Value) -> [UInt8] { emit(value, indent: 0) }

    /// The lines of a value that stands at the column `indent`, with a line end.
    package static func emit(_ value: Value, indent: Int) -> [UInt8] {
        var writer = YAMLWriter()
        switch value {
        case .map(let map) where !map.isEmpty: writer.write(map, indent: indent, isContinued: false)
        case .list(let list) where !list.isEmpty: writer.write(list, indent: indent, isContinued: false)
        default: writer.writeInline(value, indent: indent)
        }
        return Array(writer.text.utf8)
    }

    /// A scalar or empty collection for the place after `column` characters of its line, without a line end.
    package static func emitInline(_ value: Value, column: Int, indent: Int) -> [UInt8] {
        var writer = YAMLWriter(column: column)
        writer.writeScalar(value, indent: indent)
        return Array(writer.text.utf8)
    }
}

struct YAMLWriter {
    var text = ""
    /// The characters on the line so far.
    var column = 0

    init(column: Int = 0) {
        self.column = column
    }

    mutating func put(_ string: String) {
        text += string
        column += string.unicodeScalars.count
    }

    mutating func newline() {
        text += "\n"
        column = 0
    }

    /// Continued, the first entry goes on the line begun by `- `.
    mutating func write(_ map: Value.Map, indent: Int, isContinued: Bool) {
        var isFirst = isContinued
        for (key, value) in map {
            if !isFirst { put(String(repeating: " ", count: indent)) }
            isFirst = false
            if key.isString {
                writeString(key.text, indent: indent, isKey: true)
            } else {
                put(key.text.isEmpty ? "null" : key.text)
            }
            put(":")
            write(entry: value, indent: indent)
        }
    }

    private mutating func write(entry value: Value, indent: Int) {
        switch value {
        case .map(let map) where !map.isEmpty:
            newline()
            write(map, indent: indent + 2, isContinued: false)
        case .list(let list) where !list.isEmpty:
            newline()
            write(list, indent: indent, isContinued: false)
        case .null:
            newline()
        default:
            put(" ")
            writeInline(value, indent: indent + 2)
        }
    }

    mutating func write(_ list: [Value], indent: Int, isContinued: Bool) {
        var isFirst = isContinued
        for value in list {
            if !isFirst { put(String(repeating: " ", count: indent)) }
            isFirst = false
            put("-")
            switch value {
            case .map(let map) where !map.isEmpty:
                put(" ")
                write(map, indent: indent + 2, isContinued: true)
            case .list(let list) where !list.isEmpty:
                put(" ")
                write(list, indent: indent + 2, isContinued: true)
            case .null:
                newline()
            default:
                put(" ")
                writeInline(value, indent: indent + 2)
            }
        }
    }

    mutating func writeInline(_ value: Value, indent: Int) {
        writeScalar(value, indent: indent)
        newline()
    }

    mutating func writeScalar(_ value: Value, indent: Int) {
        switch value {
        case .null: break
        case .bool(let flag): put(flag ? "true" : "false")
        case .int(let number): put(String(number))
        case .bigInt(let digits): put(digits)
        case .float(let number): put(Self.float(number))
        case .date(let date): put(date)
        case .string(let string): writeString(string, indent: indent, isKey: false)
        case .list: put("[]")
        case .map: put("{}")
        }
    }

    private static func float(_ number: Double) -> String {
        if number.isNaN { return ".nan" }
        if number.isInfinite { return number < 0 ? "-.inf" : ".inf" }
        return PythonNumber.repr(number)
    }
}
