extension IgnoreGlob {
    /// Compiles a pattern (without its `!`) as DVC reads it, for paths relative to the directory of the rules.
    ///
    /// Nil when it can never match: a lone slash, an open bracket, a range that runs backwards, a trailing backslash.
    init?(dvc pattern: String) {
        var names = pattern.split(separator: "/", omittingEmptySubsequences: false)[...]
        let isDirectoryPattern = names.last?.isEmpty ?? true
        if names.first?.isEmpty == true {
            names.removeFirst()
        } else if names.count == 1 || (names.count == 2 && isDirectoryPattern), names.first != "**" {
            names.insert("**", at: names.startIndex)
        }
        if names.isEmpty { return nil }
        if names.last?.isEmpty == true { names[names.endIndex - 1] = "**" }
        var segments: [Substring] = []
        for name in names where name != "**" || segments.last != "**" { segments.append(name) }

        switch segments {
        case ["**"], ["**", "*", "**"]:
            if isDirectoryPattern || segments.count == 3 { return nil }
            self.init([.everything])
        case ["**", "*"]:
            self.init([.everything])
        default:
            guard let tokens = Self.tokens(of: segments) else { return nil }
            self.init(tokens)
        }
    }

    private static func tokens(of segments: [Substring]) -> [Token]? {
        var tokens: [Token] = []
        var needsSlash = false
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            if segment == "**" {
                if isLast {
                    tokens.append(.below)
                } else if index == 0 {
                    tokens.append(.directories)
                } else {
                    tokens.append(.innerDirectories)
                    needsSlash = true
                }
                continue
            }
            if needsSlash { tokens.append(.literal([UInt8(ascii: "/")])) }
            guard let glob = self.tokens(ofName: segment) else { return nil }
            tokens += glob
            if isLast { tokens.append(.boundary) }
            needsSlash = true
        }
        return joiningLiterals(tokens)
    }

    private static func tokens(ofName name: Substring) -> [Token]? {
        if name == "*" { return [.star(nonEmpty: true)] }
        let scalars = Array(name.unicodeScalars)
        var tokens: [Token] = []
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            switch scalar {
            case "\\":
                guard index < scalars.count else { return nil }
                tokens.append(.literal(Array(String(scalars[index]).utf8)))
                index += 1
            case "*": tokens.append(.star(nonEmpty: false))
            case "?": tokens.append(.anyCharacter)
            case "[":
                guard let set = bracket(scalars, at: &index) else { return nil }
                tokens.append(set)
            default: tokens.append(.literal(Array(String(scalar).utf8)))
            }
        }
        return tokens
    }

    /// Reads a bracket expression behind its `[`, where a backslash stands for itself.
    private static func bracket(_ scalars: [Unicode.Scalar], at index: inout Int) -> Token? {
        var negated = false
        if index < scalars.count, scalars[index] == "!" || scalars[index] == "^" {
            negated = true
            index += 1
        }
        guard index < scalars.count, let close = scalars[(index + 1)...].firstIndex(of: "]") else { return nil }
        let members = scalars[index..<close].map(\.value)
        index = close + 1
        var ranges: [ClosedRange<UInt32>] = []
        var position = 0
        while position < members.count {
            let start = members[position]
            if position + 2 < members.count, members[position + 1] == Unicode.Scalar("-").value {
                let end = members[position + 2]
                guard start <= end else { return nil }
                ranges.append(start...end)
                position += 3
            } else {
                ranges.append(start...start)
                position += 1
            }
        }
        return .characters(ranges, negated: negated)
    }

    private static func joiningLiterals(_ tokens: [Token]) -> [Token] {
        var joined: [Token] = []
        for token in tokens {
            if case .literal(let bytes) = token, case .literal(let before)? = joined.last {
                joined[joined.count - 1] = .literal(before + bytes)
            } else {
                joined.append(token)
            }
        }
        return joined
    }
}
