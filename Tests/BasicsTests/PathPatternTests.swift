import Basics
import Foundation
import Testing

@Suite struct PathPatternTests {
    private func found(_ pattern: String) throws -> [String] {
        let root = NSTemporaryDirectory() + "/patterns-\(UInt64.random(in: 0 ... .max))"
        defer { try? Files.remove(root) }
        for path in ["a/x.csv", "a/b/y.csv", "a/b/z.txt", "z.csv", ".hidden.csv", ".dir/h.csv"] {
            try Files.makeDirectories(Paths.parent(Paths.join(root, path)))
            try Files.writeAtomically([], to: Paths.join(root, path))
        }
        return PathPattern.expand(pattern, from: root)
    }

    @Test(arguments: [
        ("*.csv", ["z.csv"]),
        (".*.csv", [".hidden.csv"]),
        ("a/**/*.csv", ["a/x.csv", "a/b/y.csv"]),
        ("**/y.csv", ["a/b/y.csv"]),
        ("a/**", ["a", "a/b", "a/b/y.csv", "a/b/z.txt", "a/x.csv"]),
        ("*/", ["a"]),
        ("a/[xy].csv", ["a/x.csv"]),
        ("a/?/*", ["a/b/y.csv", "a/b/z.txt"]),
        ("nosuch*", []),
        ("z.csv", ["z.csv"]),
        ("nosuch", []),
    ])
    func patternsFindFilesAsPythonDoes(pattern: String, expected: [String]) throws {
        #expect(try found(pattern) == expected)
    }
}
