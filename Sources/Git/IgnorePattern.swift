/// One rule of an ignore file, ready to be matched.
package struct IgnorePattern: Sendable {
    /// Where the rule comes from and what it says.
    package let match: IgnoreMatch
    /// Whether it applies to directories only.
    package let isDirectoryOnly: Bool
    private let matcher: Matcher
    /// The bytes of the path to skip: the directory of the rule's file with its slash.
    private let baseLength: Int

    private enum Matcher: Sendable {
        /// A name equals the bytes (Git: the last one; DVC: any).
        case name([UInt8], anywhere: Bool)
        /// A name ends in the bytes.
        case suffix([UInt8], anywhere: Bool)
        /// The last name matches.
        case nameGlob(IgnoreGlob)
        /// The path below the base matches.
        case path(IgnoreGlob)
    }

    /// Whether it re-includes.
    package var isNegated: Bool { match.isNegated }

    /// Compiles a line of `.gitignore`; nil for blanks, comments and what can never match.
    ///
    /// `base` is the directory of the file relative to the root, with a slash at its end, or empty.
    init?(gitLine line: [UInt8], file: String, number: Int, base: String) {
        var pattern = Self.trimmingSpaces(line)[...]
        if pattern.isEmpty || pattern.first == UInt8(ascii: "#") { return nil }
        let isNegated = pattern.first == UInt8(ascii: "!")
        if isNegated { pattern.removeFirst() }
        isDirectoryOnly = pattern.last == slash
        if isDirectoryOnly { pattern.removeLast() }
        let text = String(decoding: line, as: UTF8.self)
        match = IgnoreMatch(file: file, line: number, pattern: text, isNegated: isNegated)
        baseLength = base.utf8.count
        if pattern.contains(slash) {
            if pattern.first == slash { pattern.removeFirst() }
            guard let glob = IgnoreGlob(git: pattern, crossesNames: true) else { return nil }
            matcher = .path(glob)
        } else {
            guard !pattern.isEmpty, let glob = IgnoreGlob(git: pattern, crossesNames: false) else { return nil }
            matcher = Self.nameMatcher(glob.tokens, anywhere: false) ?? .nameGlob(glob)
        }
    }

    /// Compiles a stripped line of `.dvcignore`; nil for blanks, comments and what can never match.
    ///
    /// `base` is the directory of the file relative to the root, or empty.
    init?(dvcLine line: String, file: String, number: Int, base: String) {
        if line.isEmpty || line.hasPrefix("#") { return nil }
        let rule = base.isEmpty ? line : DVCRule.rebased(line, below: base)
        let isNegated = rule.hasPrefix("!")
        isDirectoryOnly = rule.hasSuffix("/")
        match = IgnoreMatch(file: file, line: number, pattern: line, isNegated: isNegated)
        baseLength = 0
        guard rule != "/", let glob = IgnoreGlob(dvc: isNegated ? String(rule.dropFirst()) : rule) else { return nil }
        if case .directories? = glob.tokens.first {
            let ending = glob.tokens.last.map { if case .boundary = $0 { true } else { false } } ?? false
            let middle = Array(glob.tokens.dropFirst().dropLast())
            matcher = (ending ? Self.nameMatcher(middle, anywhere: true) : nil) ?? .path(glob)
        } else {
            matcher = .path(glob)
        }
    }

    /// The rule by which DVC leaves a directory alone that is a project of its own; nil for a name it cannot match.
    init?(nestedProject name: String, base: String) {
        let rule = base.isEmpty ? "/\(name)/" : DVCRule.rebased("/\(name)/", below: base)
        guard let glob = IgnoreGlob(dvc: rule) else { return nil }
        match = IgnoreMatch(file: IgnoreMatch.nestedProject, line: 0, pattern: name, isNegated: false)
        isDirectoryOnly = true
        matcher = .path(glob)
        baseLength = 0
    }

    /// Whether it matches `path[..<end]`, a path relative to the root of the rules.
    func matches(_ path: [UInt8], to end: Int) -> Bool {
        switch matcher {
        case .name(let name, let anywhere):
            return Self.anyName(of: path, to: end, anywhere) { $0.elementsEqual(name) }
        case .suffix(let suffix, let anywhere):
            return Self.anyName(of: path, to: end, anywhere) {
                $0.count >= suffix.count && $0.suffix(suffix.count).elementsEqual(suffix)
            }
        case .nameGlob(let glob):
            let start = (path[..<end].lastIndex(of: slash) ?? -1) + 1
            return glob.matches(path, from: start, to: end)
        case .path(let glob):
            guard end >= baseLength else { return false }
            return glob.matches(path, from: baseLength, to: end)
        }
    }

    /// Whether it can match something below `directory`, which is relative to the root and empty for the root.
    func mayMatch(below directory: [UInt8]) -> Bool {
        guard case .path(let glob) = matcher, directory.count >= baseLength else { return true }
        let rest = directory.dropFirst(baseLength)
        let common = min(rest.count, glob.literalPrefix.count)
        guard rest.prefix(common).elementsEqual(glob.literalPrefix.prefix(common)) else { return false }
        return common == rest.count && common < glob.literalPrefix.count && common > 0
            ? glob.literalPrefix[common] == slash : true
    }

    private static func nameMatcher(_ tokens: [IgnoreGlob.Token], anywhere: Bool) -> Matcher? {
        if tokens.count == 1, case .literal(let name) = tokens[0], !name.contains(slash) {
            return .name(name, anywhere: anywhere)
        }
        if tokens.count == 2, case .star(nonEmpty: false) = tokens[0], case .literal(let suffix) = tokens[1],
            !suffix.contains(slash)
        {
            return .suffix(suffix, anywhere: anywhere)
        }
        return nil
    }

    private static func anyName(
        of path: [UInt8],
        to end: Int,
        _ anywhere: Bool,
        _ test: (ArraySlice<UInt8>) -> Bool
    ) -> Bool {
        var stop = end
        while true {
            let start = (path[..<stop].lastIndex(of: slash) ?? -1) + 1
            if test(path[start..<stop]) { return true }
            if !anywhere || start == 0 { return false }
            stop = start - 1
        }
    }

    /// Without the spaces at the end, as far as no backslash keeps them.
    private static func trimmingSpaces(_ line: [UInt8]) -> [UInt8] {
        var firstSpace: Int?
        var index = 0
        while index < line.count {
            if line[index] == UInt8(ascii: " ") {
                firstSpace = firstSpace ?? index
            } else {
                if line[index] == UInt8(ascii: "\\") { index += 1 }
                firstSpace = nil
            }
            index += 1
        }
        return Array(line[..<(firstSpace ?? line.count)])
    }
}

private let slash = UInt8(ascii: "/")
