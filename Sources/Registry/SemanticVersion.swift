/// A version such as `v1.2.0-rc.1+build.5`, in the order of semantic versioning: what follows `+` does not count.
///
/// Numbers may have any number of digits.
package struct SemanticVersion: Hashable, Sendable {
    /// Canonical decimal digits.
    package let major: String
    package let minor: String
    package let patch: String
    /// The parts after the hyphen.
    package let prerelease: [String]
    /// The text after the plus sign; nil when there is none.
    package let build: String?

    /// Reads a version; the `v` in front may be missing unless `isStrict`.
    package init?(_ text: String, isStrict: Bool = true) {
        var rest = text[...]
        if rest.first == "v" { rest.removeFirst() } else if isStrict { return nil }
        var build: String?
        if let plus = rest.firstIndex(of: "+") {
            let tail = rest[rest.index(after: plus)...]
            guard Self.parts(tail).allSatisfy(Self.isIdentifier) else { return nil }
            build = String(tail)
            rest = rest[..<plus]
        }
        var prerelease: [String] = []
        if let hyphen = rest.firstIndex(of: "-") {
            let parts = Self.parts(rest[rest.index(after: hyphen)...])
            guard parts.allSatisfy({ Self.isIdentifier($0) && (!Self.isDigits($0) || Self.isNumber($0)) }) else {
                return nil
            }
            prerelease = parts.map(String.init)
            rest = rest[..<hyphen]
        }
        let numbers = Self.parts(rest)
        guard numbers.count == 3, numbers.allSatisfy(Self.isNumber) else { return nil }
        self.init(String(numbers[0]), String(numbers[1]), String(numbers[2]), prerelease, build)
    }

    private init(_ major: String, _ minor: String, _ patch: String, _ prerelease: [String] = [], _ build: String? = nil)
    {
        self.major = major
        self.minor = minor
        self.patch = patch
        self.prerelease = prerelease
        self.build = build
    }

    /// What is before every release.
    package static let zero = SemanticVersion("0", "0", "0")

    /// Which number grows.
    package enum Bump: String, Sendable, CaseIterable {
        case major
        case minor
        case patch
    }

    /// The next version without a pre-release.
    package func bumped(_ bump: Bump) -> SemanticVersion {
        switch bump {
        case .major: SemanticVersion(Self.next(major), "0", "0")
        case .minor: SemanticVersion(major, Self.next(minor), "0")
        case .patch: SemanticVersion(major, minor, Self.next(patch))
        }
    }

    private static func parts(_ text: Substring) -> [Substring] {
        text.split(separator: ".", omittingEmptySubsequences: false)
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func isNumber(_ text: Substring) -> Bool {
        isDigits(text) && (text == "0" || text.first != "0")
    }

    private static func isIdentifier(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { NameCharacters.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }

    private static func next(_ digits: String) -> String {
        var bytes = Array(digits.utf8)
        for index in bytes.indices.reversed() {
            if bytes[index] != UInt8(ascii: "9") {
                bytes[index] += 1
                return String(decoding: bytes, as: UTF8.self)
            }
            bytes[index] = UInt8(ascii: "0")
        }
        return "1" + String(decoding: bytes, as: UTF8.self)
    }
}

extension SemanticVersion: CustomStringConvertible {
    /// With the `v` in front.
    package var description: String {
        "v\(major).\(minor).\(patch)" + (prerelease.isEmpty ? "" : "-" + prerelease.joined(separator: "."))
            + (build.map { "+" + $0 } ?? "")
    }
}

extension SemanticVersion {
    /// Whether it comes before another; two that differ only in their builds do not come before each other.
    package func precedes(_ other: SemanticVersion) -> Bool {
        for (mine, its) in [(major, other.major), (minor, other.minor), (patch, other.patch)] where mine != its {
            return Self.isLess(mine, its)
        }
        if prerelease.isEmpty || other.prerelease.isEmpty { return !prerelease.isEmpty && other.prerelease.isEmpty }
        for (mine, its) in zip(prerelease, other.prerelease) where mine != its {
            switch (Self.isDigits(mine[...]), Self.isDigits(its[...])) {
            case (true, true): return Self.isLess(mine, its)
            case (true, false): return true
            case (false, true): return false
            case (false, false): return mine.utf8.lexicographicallyPrecedes(its.utf8)
            }
        }
        return prerelease.count < other.prerelease.count
    }

    private static func isLess(_ first: String, _ second: String) -> Bool {
        first.utf8.count == second.utf8.count
            ? first.utf8.lexicographicallyPrecedes(second.utf8) : first.utf8.count < second.utf8.count
    }
}
