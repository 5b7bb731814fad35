import Basics
import Foundation
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

    /// Folders with rules of their own, so that one call of Git judges many rules.
    private static let folders = (0..<40).map { "r\($0)" }
    private static let rounds = 6
    /// More than the usual ones are worth a night when the matching has changed: `IGNORE_SEEDS=400 swift test …`.
    private static let seeds = Int(ProcessInfo.processInfo.environment["IGNORE_SEEDS"] ?? "") ?? 4

    /// The paths below a folder; directories are those that others lie in.
    private static var paths: [String] {
        var paths: [String] = []
        for first in names {
            paths.append(first)
            guard ["a", "b", "ab"].contains(first) else { continue }
            for second in names {
                paths.append("\(first)/\(second)")
                if second == "a" || second == "b" { paths += names.map { "\(first)/\(second)/\($0)" } }
            }
        }
        return paths
    }

    @Test(arguments: 0..<seeds)
    func gitRulesAgreeWithGit(seed: Int) throws {
        let scratch = try Scratch()
        try scratch.git("init", "-q")
        var generator = Generator(random: SplitMix(state: UInt64(seed)))
        let paths = Self.folders.flatMap { folder in Self.paths.map { "\(folder)/\($0)" } }
        let directories = Set(paths.map(Paths.parent))
        for path in paths where !directories.contains(path) { try scratch.write("", to: path) }
        for round in 0..<Self.rounds {
            for folder in Self.folders {
                try scratch.write(generator.file(), to: "\(folder)/.gitignore")
                try scratch.write(generator.file(), to: "\(folder)/a/.gitignore")
                try scratch.write(generator.file(), to: "\(folder)/a/b/.gitignore")
            }
            // Rules for all folders hide mistakes in those of one: not always.
            try scratch.write(round % 2 == 0 ? "" : generator.file(), to: ".gitignore")
            try scratch.write(round % 3 == 0 ? "" : generator.file(), to: ".git/info/exclude")
            if try !agrees(paths, directories, in: scratch) { return }
        }
    }

    private func agrees(_ paths: [String], _ directories: Set<String>, in scratch: Scratch) throws -> Bool {
        let input = Array(paths.joined(separator: "\0").utf8) + [0]
        let result = try scratch.git("check-ignore", "-z", "--stdin", "--no-index", input: input)
        let expected = Set(result.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
        let repository = try #require(Repository(containing: scratch.path))
        let actual = try repository.ignored(among: paths)
        guard let path = actual.symmetricDifference(expected).min() else { return true }
        let told = try scratch.git("check-ignore", "-v", "--no-index", path).text.debugDescription
        let said = try repository.ignoreRules().explain(path, isDirectory: directories.contains(path))
        Issue.record("\(path.debugDescription): Git says \(told), we say \(said.debugDescription)")
        return false
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
