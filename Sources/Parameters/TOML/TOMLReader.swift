import OrderedCollections
import Values

/// Reads TOML 1.0 (https://toml.io/en/v1.0.0) and keeps the order of keys.
struct TOMLReader {
    var scanner: TOMLScanner
    private let root = TOMLTable(.header)
    private var current: TOMLTable
    private var section = 0

    /// Deeper keys and values are refused.
    static let depthLimit = 100

    static func read(_ bytes: [UInt8]) throws(SyntaxFault) -> Value {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SyntaxFault(line: 1, message: "the file is not valid UTF-8")
        }
        var reader = TOMLReader(TOMLScanner(Array(text.utf8)))
        try reader.readDocument()
        return reader.root.value
    }

    private init(_ scanner: TOMLScanner) {
        self.scanner = scanner
        current = root
    }

    private mutating func readDocument() throws(SyntaxFault) {
        scanner.skipByteOrderMark()
        while true {
            try scanner.skipBlankLines()
            guard let byte = scanner.peek else { return }
            if byte == UInt8(ascii: "[") {
                try readHeader()
            } else {
                try readPair(into: current, section: section)
            }
            try scanner.expectEndOfLine()
        }
    }

    private mutating func readHeader() throws(SyntaxFault) {
        section += 1
        scanner.advance()
        let isArray = scanner.skip("[")
        scanner.skipSpaces()
        let keys = try readKey()
        guard scanner.skip("]"), !isArray || scanner.skip("]") else {
            throw scanner.fault("expected '\(isArray ? "]]" : "]")' after the name of a table")
        }
        var table = root
        for key in keys.dropLast() {
            table = try descend(into: key, of: table)
        }
        guard let last = keys.last else { return }
        current = isArray ? try appendTable(last, to: table) : try openTable(last, in: table)
    }

    private func descend(into key: Value.Key, of table: TOMLTable) throws(SyntaxFault) -> TOMLTable {
        switch table.entries[key] {
        case nil:
            let new = TOMLTable(.implied)
            table.entries[key] = .table(new)
            return new
        case .table(let next): return next
        case .tables(let all):
            if let last = all.last { return last }
            throw scanner.fault("key '\(key)' is no table")
        case .value: throw scanner.fault("key '\(key)' already has a value that is no table")
        }
    }

    private func openTable(_ key: Value.Key, in table: TOMLTable) throws(SyntaxFault) -> TOMLTable {
        switch table.entries[key] {
        case nil:
            let new = TOMLTable(.header)
            table.entries[key] = .table(new)
            return new
        case .table(let existing) where existing.origin == .implied:
            existing.origin = .header
            return existing
        default: throw scanner.fault("table '\(key)' is defined twice")
        }
    }

    private func appendTable(_ key: Value.Key, to table: TOMLTable) throws(SyntaxFault) -> TOMLTable {
        let new = TOMLTable(.header)
        switch table.entries[key] {
        case nil: table.entries[key] = .tables([new])
        case .tables(let all): table.entries[key] = .tables(all + [new])
        default: throw scanner.fault("key '\(key)' is already defined and is no array of tables")
        }
        return new
    }

    /// Reads `key = value`; dotted keys open tables that no header may extend.
    mutating func readPair(into table: TOMLTable, section: Int, depth: Int = 0) throws(SyntaxFault) {
        let keys = try readKey()
        guard scanner.skip("=") else { throw scanner.fault("expected '=' after a key") }
        scanner.skipSpaces()
        var target = table
        for key in keys.dropLast() {
            switch target.entries[key] {
            case nil:
                let new = TOMLTable(.dotted)
                new.section = section
                target.entries[key] = .table(new)
                target = new
            case .table(let next) where next.origin == .dotted && next.section == section || next.origin == .implied:
                target = next
            default: throw scanner.fault("key '\(key)' is already defined")
            }
        }
        guard let last = keys.last, target.entries[last] == nil else {
            throw scanner.fault("key '\(keys.last?.text ?? "")' is already defined")
        }
        target.entries[last] = .value(try readValue(depth: depth + keys.count - 1))
    }

    /// Reads a key, its parts separated by dots, and the spaces around it.
    private mutating func readKey() throws(SyntaxFault) -> [Value.Key] {
        var parts: [Value.Key] = []
        repeat {
            scanner.skipSpaces()
            parts.append(Value.Key(try readKeyPart()))
            scanner.skipSpaces()
        } while scanner.skip(".")
        guard parts.count <= Self.depthLimit else { throw scanner.fault("the key is nested too deeply") }
        return parts
    }

    private mutating func readKeyPart() throws(SyntaxFault) -> String {
        switch scanner.peek {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return try scanner.readString(allowsMultipleLines: false)
        default:
            let bare = scanner.take { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
            guard !bare.isEmpty else { throw scanner.fault("expected a key") }
            return String(decoding: bare, as: UTF8.self)
        }
    }
}
