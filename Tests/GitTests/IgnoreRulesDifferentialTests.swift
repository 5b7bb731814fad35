import Basics
import Testing

@testable import Git

/// Random rules and paths, judged by `git check-ignore` and by ours.
struct IgnoreRulesDifferentialTests {
    private struct Generator {
        var random: SplitMix

        mutating func pick<T>(_ choices: [T]) -> T { choices[Int(random.next() % UInt64(choices.count))] }

        mutating func pattern() -> String {
            let pieces = [
                "a", "b", "ab", "c", "*", "**", "?", "/", "/", "[ab]", "[!a]", "[a-b]", "\\a", "\\*", "a*", "*b", ".c",
                "[[:alpha:]]", "[^b]", "[]a]", "[a", "**/", "/**", "/**/", "***", " ", "\\ ", "[a\\]]", "[b-a]", "é",
            ]
            var text = pick(["", "", "", "!", "/", "#", "\\!", "!/"])
            for _ in 0..<(1 + Int(random.next() % 4)) { text += pick(pieces) }
            return text + pick(["", "", "", "/", " ", "\r"])
        }

        mutating func file() -> String {
            (0..<(1 + Int(random.next() % 4))).map { _ in pattern() }.joined(separator: "\n") + pick(["", "\n"])
        }
    }

    private static let names = ["a", "b", "ab", "a.c", "b*", "!a", "é", "c"]

    @Test(arguments: 1000..<1400)
    func gitRulesAgreeWithGit(seed: Int) throws {
        let scratch = try Scratch()
        try scratch.git("init", "-q")
        var generator = Generator(random: SplitMix(state: UInt64(seed)))
        var paths: [String] = []
        for first in Self.names {
            paths.append(first)
            guard ["a", "b", "ab"].contains(first) else { continue }
            for second in Self.names {
                paths.append("\(first)/\(second)")
                if second == "a" || second == "b" { paths += Self.names.map { "\(first)/\(second)/\($0)" } }
            }
        }
        let directories = Set(paths.map(Paths.parent)).subtracting([""])
        for path in paths {
            if directories.contains(path) { continue }
            try scratch.write("", to: path)
        }
        for _ in 0..<25 {
            try scratch.write(generator.file(), to: ".gitignore")
            try scratch.write(generator.file(), to: "a/.gitignore")
            try scratch.write(generator.file(), to: "a/b/.gitignore")
            try scratch.write(generator.file(), to: ".git/info/exclude")
            let input = Array(paths.joined(separator: "\0").utf8) + [0]
            let result = try scratch.git("check-ignore", "-z", "--stdin", "--no-index", input: input)
            let expected = Set(result.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
            let repository = try #require(Repository(containing: scratch.path))
            let actual = try repository.ignored(among: paths)
            guard let path = actual.symmetricDifference(expected).min() else { continue }
            let told = try scratch.git("check-ignore", "-v", "--no-index", path).text.debugDescription
            let isDirectory = directories.contains(path)
            let said = try repository.ignoreRules().explain(path, isDirectory: isDirectory)
            Issue.record("\(path.debugDescription): Git says \(told), we say \(said.debugDescription)")
            return
        }
    }
}

/// A small random number generator with a seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
