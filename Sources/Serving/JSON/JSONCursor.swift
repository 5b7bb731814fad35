/// A place in a JSON text, read strictly by RFC 8259 without a tree and without recursion.
///
/// The bytes must outlive the cursor.
package struct JSONCursor {
    /// How deep arrays and objects may be inside each other.
    package static let maximumDepth = 128

    package let bytes: UnsafeRawBufferPointer
    package var position: Int

    package init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// The byte here; 0, which JSON has nowhere, at the end.
    @inline(__always)
    package var byte: UInt8 {
        position < bytes.count ? bytes[position] : 0
    }

    package var isAtEnd: Bool { position >= bytes.count }

    /// Skips white space and gives the byte after it; 0 at the end.
    @inline(__always)
    package mutating func next() -> UInt8 {
        while position < bytes.count {
            let byte = bytes[position]
            if byte > 0x20 { return byte }
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            position += 1
        }
        return 0
    }

    /// Takes the byte after white space if it is the given one.
    @inline(__always)
    package mutating func take(_ wanted: UInt8) -> Bool {
        guard next() == wanted, position < bytes.count else { return false }
        position += 1
        return true
    }

    package mutating func expect(_ wanted: UInt8) throws(JSONProblem) {
        if !take(wanted) { throw unexpected("'\(Character(UnicodeScalar(wanted)))'") }
    }

    /// Throws unless only white space is left.
    package mutating func expectEnd() throws(JSONProblem) {
        _ = next()
        if !isAtEnd { throw problem("there is something after the end of the value") }
    }

    package func problem(_ message: String) -> JSONProblem { JSONProblem(message, at: position) }

    /// The error for something else than what was wanted here.
    package func unexpected(_ wanted: String) -> JSONProblem {
        if isAtEnd { return problem("the text ends where \(wanted) should be") }
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "N") where starts(with: "NaN"), UInt8(ascii: "I") where starts(with: "Infinity"),
            UInt8(ascii: "-") where starts(with: "-Infinity"):
            return problem("NaN and Infinity are no JSON numbers; send them as binary data")
        case 0x21...0x7E:
            return problem("expected \(wanted), found '\(Character(UnicodeScalar(byte)))'")
        default:
            return problem("expected \(wanted), found byte \(byte)")
        }
    }

    /// Whether the bytes from here on are those of `word`.
    package func starts(with word: StaticString) -> Bool {
        guard bytes.count - position >= word.utf8CodeUnitCount else { return false }
        for index in 0..<word.utf8CodeUnitCount where bytes[position + index] != word.utf8Start[index] { return false }
        return true
    }

    /// Takes a word such as `true`.
    package mutating func takeWord(_ word: StaticString) -> Bool {
        guard starts(with: word) else { return false }
        position += word.utf8CodeUnitCount
        return true
    }
}
