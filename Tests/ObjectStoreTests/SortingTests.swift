import Digests
import Testing

@testable import ObjectStore

@Suite struct SortingTests {
    @Test(arguments: [0, 1, 2, 63, 65, 5000])
    func objectsAreSortedAndEachIsThereOnce(count: Int) {
        let ids = (0..<count).map { ObjectID(digest: MD5.hash("\($0 / 2)".utf8), isTree: $0 % 3 == 0) }
        var sorted = ids.shuffled()
        sorted.sortUnique()
        #expect(sorted == Set(ids).sorted())
    }

    /// Names that somebody made up need not be spread evenly.
    @Test func objectsWithTheSameFirstBitsAreSorted() {
        let ids = (0..<3000).map { ObjectID(digest: MD5Digest(high: 7, low: UInt64($0 % 1000))) }
        var sorted = Array(ids.reversed())
        sorted.sortUnique()
        #expect(sorted == Set(ids).sorted())
    }

    @Test(arguments: [
        ("a", true), ("a/b", true), ("a.b/..c/...", true), (".a/b.", true), ("", false), ("/a", false), ("a/", false),
        ("a//b", false), (".", false), ("..", false), ("a/.", false), ("a/..", false), ("./a", false), ("../a", false),
        ("a/./b", false), ("a/../b", false), ("a\0b", false), ("é/日", true),
    ])
    func pathsThatLeaveTheDirectoryAreUnsafe(path: String, isSafe: Bool) {
        #expect(Array(path.utf8).withUnsafeBufferPointer { PathBytes.isSafe($0) } == isSafe)
    }

    @Test(arguments: [
        [("a", "1"), ("a", "2")], [("a", "1"), ("a/b", "2")], [("a", "1"), ("a-x", "3"), ("a/b", "2")],
        [("a/b", "2"), ("a-x", "3"), ("a", "1")], [("x/y/z", "1"), ("x/y", "2")],
        [("a", "1"), ("b", "2"), ("a", "3")],
    ])
    func contradictingEntriesAreRefused(entries: [(String, String)]) {
        let files = entries.map { (path: $0.0, digest: MD5.hash($0.1.utf8), size: Int?.none) }
        #expect(throws: ManifestError.self) { try Tree(files) }
    }

    @Test func filesInAnyOrderMakeTheSameTree() throws {
        let paths = ["b", "a/c", "a-b", "a/b/c", "a.txt", "aa", "a/b-c", "Z", "é"]
        let files = paths.map { (path: $0, digest: MD5.hash($0.utf8), size: Int?.none) }
        let tree = try Tree(files)
        for _ in 0..<20 { #expect(try Tree(files.shuffled()) == tree) }
        #expect(
            (0..<tree.count).map { tree.path(at: $0) } == paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        )
    }
}
