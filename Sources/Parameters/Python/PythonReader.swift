import OrderedCollections
import Values

/// Reads the literals that Python source assigns to names, as DVC does for parameters.
///
/// It takes assignments at the top level and in classes, and those to `self.x` in `__init__`, which count as the
/// class's. Whatever is not a literal is skipped without a word.
struct PythonReader {
    private let tokens: [PythonToken]
    private var index = 0

    private static let compound: Set<String> = [
        "if", "elif", "else", "for", "while", "try", "except", "finally", "with", "async", "def", "class",
    ]

    static func read(_ bytes: [UInt8]) throws(SyntaxFault) -> Value {
        var reader = PythonReader(tokens: try PythonTokenizer.tokens(of: bytes))
        var result: Value.Map = [:]
        while reader.index < reader.tokens.count {
            reader.readBlock(into: &result, onlySelf: false)
            // A stray end of a block; what follows still counts.
            reader.index += 1
        }
        return .map(result)
    }

    private init(tokens: [PythonToken]) {
        self.tokens = tokens
    }

    /// Reads statements up to the end of the block.
    private mutating func readBlock(into result: inout Value.Map, onlySelf: Bool) {
        while index < tokens.count, tokens[index].kind != .dedent {
            if tokens[index].kind == .indent {
                skipBlock()
            } else {
                readStatement(into: &result, onlySelf: onlySelf)
            }
        }
    }

    private mutating func readStatement(into result: inout Value.Map, onlySelf: Bool) {
        let end = tokens[index...].firstIndex { $0.kind == .newline } ?? tokens.count
        let line = tokens[index..<end]
        let hasBlock = end + 1 < tokens.count && tokens[end + 1].kind == .indent
        index = min(end + 1, tokens.count)
        guard let first = line.first else { return }
        let name = line.dropFirst().first.flatMap { $0.kind == .name ? $0.text : nil }
        if first.kind == .name, first.text == "class", let name {
            var members: Value.Map = [:]
            readBody(of: line, hasBlock: hasBlock, into: &members, onlySelf: false)
            result[Value.Key(name)] = .map(members)
        } else if first.kind == .name, first.text == "def", name == "__init__" {
            readBody(of: line, hasBlock: hasBlock, into: &result, onlySelf: true)
        } else if hasBlock {
            skipBlock()
        } else if first.kind != .name || !Self.compound.contains(first.text) {
            readSimple(line, into: &result, onlySelf: onlySelf)
        }
    }

    /// Reads the indented block of a header, or the statements behind its colon.
    private mutating func readBody(
        of header: ArraySlice<PythonToken>,
        hasBlock: Bool,
        into result: inout Value.Map,
        onlySelf: Bool
    ) {
        if hasBlock {
            index += 1
            readBlock(into: &result, onlySelf: onlySelf)
            index = min(index + 1, tokens.count)
        } else if let colon = Self.positions(of: ":", in: header).first {
            readSimple(header[(colon + 1)...], into: &result, onlySelf: onlySelf)
        }
    }

    private mutating func skipBlock() {
        var depth = 0
        while index < tokens.count {
            switch tokens[index].kind {
            case .indent: depth += 1
            case .dedent: depth -= 1
            default: break
            }
            index += 1
            if depth == 0 { return }
        }
    }

    /// Reads statements separated by semicolons.
    private func readSimple(_ line: ArraySlice<PythonToken>, into result: inout Value.Map, onlySelf: Bool) {
        var start = line.startIndex
        for end in Self.positions(of: ";", in: line) + [line.endIndex] {
            if let (name, value) = Self.assignment(line[start..<end], onlySelf: onlySelf) {
                result[Value.Key(name)] = value
            }
            start = min(end + 1, line.endIndex)
        }
    }

    private static func assignment(_ statement: ArraySlice<PythonToken>, onlySelf: Bool) -> (String, Value)? {
        let equals = positions(of: "=", in: statement)
        guard let equal = equals.first else { return nil }
        let colon = positions(of: ":", in: statement[..<equal]).first
        guard colon != nil || equals.count == 1, let name = target(statement[..<(colon ?? equal)], onlySelf: onlySelf)
        else { return nil }
        return PythonLiteral.value(of: statement[(equal + 1)...]).map { (name, $0) }
    }

    private static func target(_ tokens: ArraySlice<PythonToken>, onlySelf: Bool) -> String? {
        var words = tokens
        while words.count > 2, let first = words.first, let last = words.last, first.isOperation("("),
            last.isOperation(")")
        {
            words = words.dropFirst().dropLast()
        }
        let list = Array(words)
        if list.count == 1, list[0].kind == .name, !onlySelf { return list[0].text }
        guard list.count == 3, list[0].kind == .name, list[0].text == "self", list[1].isOperation("."),
            list[2].kind == .name
        else { return nil }
        return list[2].text
    }

    /// The positions of an operation outside of brackets.
    private static func positions(of operation: String, in tokens: ArraySlice<PythonToken>) -> [Int] {
        var depth = 0
        var found: [Int] = []
        for position in tokens.indices {
            let token = tokens[position]
            if token.opensBracket {
                depth += 1
            } else if token.closesBracket {
                depth -= 1
            } else if depth == 0, token.isOperation(operation) {
                found.append(position)
            }
        }
        return found
    }
}
