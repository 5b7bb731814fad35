extension JSONCursor {
    /// Reads an object: calls `body` for each key, which must take its value.
    package mutating func object(
        _ body: (String, inout JSONCursor) throws(JSONProblem) -> Void
    ) throws(JSONProblem) {
        guard take(UInt8(ascii: "{")) else { throw unexpected("an object") }
        if take(UInt8(ascii: "}")) { return }
        repeat {
            let key = try key()
            try body(key, &self)
        } while take(UInt8(ascii: ","))
        if !take(UInt8(ascii: "}")) { throw unexpected("',' or '}'") }
    }

    /// Reads an array: calls `body` for each element, which must take it.
    package mutating func array(_ body: (inout JSONCursor) throws(JSONProblem) -> Void) throws(JSONProblem) {
        guard take(UInt8(ascii: "[")) else { throw unexpected("an array") }
        if take(UInt8(ascii: "]")) { return }
        repeat { try body(&self) } while take(UInt8(ascii: ","))
        if !take(UInt8(ascii: "]")) { throw unexpected("',' or ']'") }
    }

    /// Passes over one value of any kind, which must be well-formed.
    package mutating func skip() throws(JSONProblem) {
        // Which of the open brackets are those of objects; a loop in place of recursion.
        var open: [Bool] = []
        repeat {
            switch next() {
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                let isObject = byte == UInt8(ascii: "{")
                position += 1
                guard open.count < Self.maximumDepth else { throw problem("the value is nested too deeply") }
                if take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { break }
                open.append(isObject)
                if isObject { _ = try key() }
                continue
            default: try skipScalar()
            }
            while let isObject = open.last {
                if take(UInt8(ascii: ",")) {
                    if isObject { _ = try key() }
                    break
                }
                guard take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                    throw unexpected(isObject ? "',' or '}'" : "',' or ']'")
                }
                open.removeLast()
            }
        } while !open.isEmpty
    }

    private mutating func skipScalar() throws(JSONProblem) {
        switch next() {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "t") where takeWord("true"), UInt8(ascii: "f") where takeWord("false"),
            UInt8(ascii: "n") where takeWord("null"):
            return
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try number()
        default: throw unexpected("a value")
        }
    }

    /// Passes over one value and gives its bytes.
    package mutating func text() throws(JSONProblem) -> Range<Int> {
        _ = next()
        let start = position
        try skip()
        return start..<position
    }

    /// Reads an integer that fits 64 bits.
    package mutating func integer() throws(JSONProblem) -> Int {
        _ = next()
        let start = position
        let number = try number()
        guard number.isInteger, number.isExact, let magnitude = Int(exactly: number.mantissa) else {
            throw JSONProblem("expected an integer", at: start)
        }
        return number.isNegative ? -magnitude : magnitude
    }

    /// Reads `true` or `false`.
    package mutating func bool() throws(JSONProblem) -> Bool {
        _ = next()
        if takeWord("true") { return true }
        if takeWord("false") { return false }
        throw unexpected("true or false")
    }
}
