import Basics
import Testing

@Suite struct PathsTests {
    @Test(arguments: [
        ("/a//b/./c/..", "/a/b"), ("a/../../b", "../b"), ("", "."), ("/..", "/"), ("a/..", "."), ("./x/", "x"),
    ])
    func normalizeDropsWhatSaysNothing(path: String, expected: String) {
        #expect(Paths.normalize(path) == expected)
    }

    @Test(arguments: [
        ("/a/b", "/a", "b"), ("/a", "/a/b", ".."), ("/a/x", "/a/b/c", "../../x"), ("/a", "/a", "."), ("/x", "/", "x"),
    ])
    func relativeLeadsFromTheBase(path: String, base: String, expected: String) {
        #expect(Paths.relative(path, to: base) == expected)
    }

    @Test func insideNeedsAWholePart() {
        #expect(Paths.inside("/data2/x", of: "/data") == nil)
        #expect(Paths.inside("/data", of: "/data") == nil)
        #expect(Paths.inside("/data/x", of: "/data") == "x")
    }
}
