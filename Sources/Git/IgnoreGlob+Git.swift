extension IgnoreGlob {
    /// Compiles a pattern as Git's `wildmatch` reads it; nil when it can never match.
    ///
    /// `crossesNames` tells whether `**` spans directories, that is, whether whole paths are compared.
    init?(git pattern: some Collection<UInt8>, crossesNames: Bool) {
        var compiler = GitGlobCompiler(pattern: Array(pattern), crossesNames: crossesNames)
        guard compiler.run() else { return nil }
        self.init(compiler.tokens)
    }
}

private struct GitGlobCompiler {
    let pattern: [UInt8]
    let crossesNames: Bool
    var tokens: [IgnoreGlob.Token] = []
    private var literal: [UInt8] = []
    private var index = 0
    /// Where Git's own matching starts: it compares the literal beginning first and hands on only the rest.
    private let wildStart: Int

    init(pattern: [UInt8], crossesNames: Bool) {
        self.pattern = pattern
        self.crossesNames = crossesNames
        wildStart = crossesNames ? pattern.firstIndex { "*?[\\".utf8.contains($0) } ?? pattern.count : 0
    }

    mutating func run() -> Bool {
        while index < pattern.count {
            let byte = pattern[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\\"):
                guard index < pattern.count else { return false }
                literal.append(pattern[index])
                index += 1
            case UInt8(ascii: "?"):
                append(.anyByte)
            case UInt8(ascii: "*"):
                compileStars()
            case UInt8(ascii: "["):
                guard let set = compileBracket() else { return false }
                append(.bytes(set))
            default:
                literal.append(byte)
            }
        }
        flush()
        return true
    }

    private func byte(at position: Int) -> UInt8? { position < pattern.count ? pattern[position] : nil }

    private mutating func flush() {
        if !literal.isEmpty { tokens.append(.literal(literal)) }
        literal = []
    }

    private mutating func append(_ token: IgnoreGlob.Token) {
        flush()
        tokens.append(token)
    }

    private mutating func compileStars() {
        let slash = UInt8(ascii: "/")
        let first = index - 1
        while byte(at: index) == UInt8(ascii: "*") { index += 1 }
        let startsName = first <= wildStart || pattern[first - 1] == slash
        guard crossesNames, index - first > 1, startsName else { return append(.star(nonEmpty: false)) }
        switch byte(at: index) {
        case nil:
            append(.everything)
        case slash:
            index += 1
            append(.directories)
        case UInt8(ascii: "\\") where byte(at: index + 1) == slash:
            append(.everything)
        default:
            append(.star(nonEmpty: false))
        }
    }

    /// Reads a bracket expression behind its `[`; nil when it is malformed.
    private mutating func compileBracket() -> ByteSet? {
        var set = ByteSet()
        var negated = false
        if byte(at: index) == UInt8(ascii: "!") || byte(at: index) == UInt8(ascii: "^") {
            negated = true
            index += 1
        }
        var previous: UInt8?
        var isFirst = true
        while true {
            guard let byte = byte(at: index) else { return nil }
            index += 1
            if byte == UInt8(ascii: "]"), !isFirst { break }
            isFirst = false
            switch byte {
            case UInt8(ascii: "\\"):
                guard let escaped = self.byte(at: index) else { return nil }
                index += 1
                set.insert(escaped)
                previous = escaped
            case UInt8(ascii: "-"):
                guard let start = previous, let end = rangeEnd() else {
                    set.insert(byte)
                    previous = byte
                    continue
                }
                guard let end else { return nil }
                if start <= end { set.insert(start...end) }
                previous = nil
            case UInt8(ascii: "[") where self.byte(at: index) == UInt8(ascii: ":"):
                switch characterClass() {
                case .none: return nil
                case .some(.none):
                    set.insert(byte)
                    previous = byte
                case .some(.some(let name)):
                    guard set.insert(classNamed: name) else { return nil }
                    previous = nil
                }
            default:
                set.insert(byte)
                previous = byte
            }
        }
        if negated { set = set.complement }
        set.remove(UInt8(ascii: "/"))
        return set
    }

    /// The end of a range behind its `-`: nil when this is no range, `.some(nil)` when it is malformed.
    private mutating func rangeEnd() -> UInt8?? {
        guard let byte = byte(at: index), byte != UInt8(ascii: "]") else { return .none }
        index += 1
        guard byte == UInt8(ascii: "\\") else { return .some(byte) }
        guard let escaped = self.byte(at: index) else { return .some(nil) }
        index += 1
        return .some(escaped)
    }

    /// The name of a class behind its `[`: nil when the pattern ends in it, `.some(nil)` when this is no class.
    private mutating func characterClass() -> String?? {
        guard let close = pattern[(index + 1)...].firstIndex(of: UInt8(ascii: "]")) else { return .none }
        guard close > index + 1, pattern[close - 1] == UInt8(ascii: ":") else { return .some(nil) }
        let name = String(decoding: pattern[(index + 1)..<(close - 1)], as: UTF8.self)
        index = close + 1
        return .some(name)
    }
}
