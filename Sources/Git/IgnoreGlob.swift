/// A compiled glob, matched in time proportional to pattern times path: hostile patterns cannot blow up.
struct IgnoreGlob: Sendable {
    enum Token: Sendable {
        /// These bytes.
        case literal([UInt8])
        /// One byte but a slash.
        case anyByte
        /// One character but a slash.
        case anyCharacter
        /// One byte of the set.
        case bytes(ByteSet)
        /// One character of the ranges, or none of them; a slash counts as a character.
        case characters([ClosedRange<UInt32>], negated: Bool)
        /// Bytes without a slash; at least one when `nonEmpty`.
        case star(nonEmpty: Bool)
        /// Nothing, or all up to and with any slash.
        case directories
        /// Nothing, or a slash and at least one byte more.
        case innerDirectories
        /// Anything.
        case everything
        /// The end, or a slash with anything behind.
        case boundary
        /// A slash with anything behind.
        case below
    }

    let tokens: [Token]
    /// What every matching path starts with.
    let literalPrefix: [UInt8]

    init(_ tokens: [Token]) {
        self.tokens = tokens
        if case .literal(let bytes)? = tokens.first { literalPrefix = bytes } else { literalPrefix = [] }
    }

    /// Whether the pattern matches all of `path[start..<end]` (or, in DVC's reading, up to a slash).
    func matches(_ path: [UInt8], from start: Int, to end: Int) -> Bool {
        let count = end - start
        return path.withUnsafeBufferPointer { whole in
            let text = UnsafeBufferPointer(rebasing: whole[start..<end])
            return withUnsafeTemporaryAllocation(of: Bool.self, capacity: 2 * (count + 1)) { buffer in
                buffer.initialize(repeating: false)
                var current = UnsafeMutableBufferPointer(rebasing: buffer[..<(count + 1)])
                var next = UnsafeMutableBufferPointer(rebasing: buffer[(count + 1)...])
                current[0] = true
                for token in tokens {
                    next.update(repeating: false)
                    if !token.advance(over: text, from: current, to: next) { return false }
                    swap(&current, &next)
                }
                return current[count]
            }
        }
    }
}

private let slash = UInt8(ascii: "/")

extension IgnoreGlob.Token {
    /// Marks in `next` every position this token leads to from a position marked in `current`; tells whether any.
    fileprivate func advance(
        over text: UnsafeBufferPointer<UInt8>,
        from current: UnsafeMutableBufferPointer<Bool>,
        to next: UnsafeMutableBufferPointer<Bool>
    ) -> Bool {
        var isAlive = false
        func mark(_ position: Int) {
            next[position] = true
            isAlive = true
        }
        switch self {
        case .literal, .anyByte, .anyCharacter, .bytes, .characters:
            for position in 0...text.count where current[position] {
                if let length = length(in: text, at: position) { mark(position + length) }
            }
        case .star(let nonEmpty):
            var isRunning = false
            for position in 0...text.count {
                if isRunning || (current[position] && !nonEmpty) { mark(position) }
                isRunning = (isRunning || current[position]) && position < text.count && text[position] != slash
            }
        case .directories:
            var isRunning = false
            for position in 0...text.count {
                if current[position] || (isRunning && text[position - 1] == slash) { mark(position) }
                isRunning = isRunning || current[position]
            }
        case .innerDirectories:
            var opened: Int?
            for position in 0...text.count {
                if current[position] { mark(position) }
                if let opened, position >= opened + 2 { mark(position) }
                if opened == nil, current[position], position < text.count, text[position] == slash {
                    opened = position
                }
            }
        case .everything:
            if let first = current.firstIndex(of: true) {
                for position in first...text.count { mark(position) }
            }
        case .boundary, .below:
            for position in 0..<text.count where current[position] && text[position] == slash { mark(text.count) }
            if case .boundary = self, current[text.count] { mark(text.count) }
        }
        return isAlive
    }

    /// The bytes a token of fixed length takes at `position`; nil when it does not match there.
    private func length(in text: UnsafeBufferPointer<UInt8>, at position: Int) -> Int? {
        switch self {
        case .literal(let bytes):
            guard position + bytes.count <= text.count else { return nil }
            for offset in bytes.indices where text[position + offset] != bytes[offset] { return nil }
            return bytes.count
        case .anyByte:
            return position < text.count && text[position] != slash ? 1 : nil
        case .bytes(let set):
            return position < text.count && set.contains(text[position]) ? 1 : nil
        case .anyCharacter:
            guard position < text.count, text[position] != slash else { return nil }
            return character(in: text, at: position).length
        case .characters(let ranges, let negated):
            guard position < text.count else { return nil }
            let (scalar, length) = character(in: text, at: position)
            return ranges.contains { $0.contains(scalar) } != negated ? length : nil
        default:
            return nil
        }
    }
}

/// The scalar that starts at `position`, and its bytes; a lone byte stands for itself.
private func character(in text: UnsafeBufferPointer<UInt8>, at position: Int) -> (value: UInt32, length: Int) {
    let first = text[position]
    let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard length > 1, position + length <= text.count else { return (UInt32(first), 1) }
    var value = UInt32(first) & (0xFF >> UInt32(length + 1))
    for offset in 1..<length { value = value << 6 | UInt32(text[position + offset] & 0x3F) }
    return (value, length)
}
