import Digests
import Glibc
import ObjectStore
import Testing

@Suite struct TreeTests {
    private func tree(_ files: [String: String]) throws -> Tree {
        try Tree(files.map { (path: $0.key, digest: MD5.hash($0.value.utf8), size: Int?.some($0.value.utf8.count)) })
    }

    private func manifest(_ text: String) throws -> Tree { try Tree(manifest: Array(text.utf8)) }

    private let md5 = "c4ca4238a0b923820dcc509a6f75849b"

    @Test func manifestsAreByteForByteThoseOfDVC() throws {
        let tree = try tree(ManifestFixture.files)
        #expect(String(decoding: tree.manifest, as: UTF8.self) == ManifestFixture.manifest)
        #expect(tree.id.description == ManifestFixture.id)
    }

    @Test func aManifestSurvivesTheRoundTrip() throws {
        let tree = try manifest(ManifestFixture.manifest)
        #expect(tree.id.description == ManifestFixture.id)
        #expect(tree.manifest == Array(ManifestFixture.manifest.utf8))
        #expect(tree.count == 16)
        #expect(tree.totalSize == nil)
        for (path, content) in ManifestFixture.files {
            let index = try #require(tree.index(of: path))
            #expect(tree.digest(at: index) == MD5.hash(content.utf8))
        }
    }

    @Test func theEmptyTreeIsTheOneOfDVC() {
        #expect(Tree.empty.id.description == "d751713988987e9331980363e24189ce.dir")
        #expect(Tree.empty.manifest == Array("[]".utf8))
    }

    @Test func anyOrderSpacingAndFurtherKeysAreRead() throws {
        let text = """
             [ {"relpath" : "b" , "size": 3, "meta": {"a": [1, -2.5e3, null, "x\\\\"]}, "md5":"\(md5)"},
            {"md5": "\(md5)", "relpath": "a"} ]
            """
        let tree = try manifest(text)
        #expect((0..<tree.count).map { tree.path(at: $0) } == ["a", "b"])
    }

    @Test(arguments: ["../x", "/etc/passwd", "a/../b", "a//b", "a/", ".", "./a", "..", "", "a/./b", "a\\u0000b"])
    func pathsThatLeaveTheDirectoryAreRefused(path: String) throws {
        let text = #"[{"md5": "\#(md5)", "relpath": "ok"}, {"md5": "\#(md5)", "relpath": "\#(path)"}]"#
        let error = #expect(throws: ManifestError.self) { try manifest(text) }
        #expect(error?.reason == .unsafePath)
        #expect(error?.entry == 1)
    }

    @Test func pathsLongerThanAnyCanBeAreRefused() {
        let path = String(repeating: "a/", count: 100_000) + "a"
        let text = #"[{"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "\#(path)"}]"#
        let error = #expect(throws: ManifestError.self) { try Tree(manifest: Array(text.utf8)) }
        #expect(error?.reason == .longPath)
        #expect((error?.path?.utf8.count ?? 0) < 5000)
    }

    @Test func bytesThatAreNoUTF8MustBeEscaped() {
        let start = Array(#"[{"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "a"#.utf8)
        let end = Array(#""}]"#.utf8)
        #expect(throws: ManifestError.self) { try Tree(manifest: start + [0xff] + end) }
        #expect(throws: ManifestError.self) { try Tree(manifest: start + [0xc0, 0xae] + end) }
        #expect(throws: Never.self) { try Tree(manifest: start + [0xc3, 0xa9] + end) }
    }

    @Test func doubledAndConflictingPathsAreRefused() throws {
        func reason(_ paths: [String]) -> ManifestError.Reason? {
            let entries = paths.map { #"{"md5": "\#(md5)", "relpath": "\#($0)"}"# }
            do {
                _ = try manifest("[" + entries.joined(separator: ", ") + "]")
                return nil
            } catch { return (error as? ManifestError)?.reason }
        }
        #expect(reason(["a", "b", "a"]) == .duplicatePath)
        #expect(reason(["a/b", "a-b", "a.c/d", "a"]) == .fileAndDirectory)
        #expect(reason(["x/y/z", "x/y-", "x/y"]) == .fileAndDirectory)
        #expect(reason(["a/b", "a-b/c", "a.b", "ab"]) == nil)
    }

    @Test(arguments: [
        "", "[", "{}", "[{]", "[{}]", "null", "[1]", #"[{"md5": 1, "relpath": "a"}]"#,
        #"[{"md5": "x", "relpath": "a"}]"#,
        #"[{"md5": "C4CA4238A0B923820DCC509A6F75849B", "relpath": "a"}]"#,
        #"[{"md5": "c4ca4238a0b923820dcc509a6f75849b"}]"#, #"[{"relpath": "a"}]"#,
        #"[{"md5": "c4ca4238a0b923820dcc509a6f75849b", "relpath": ["a"]}]"#,
        #"[{"md5": "c4ca4238a0b923820dcc509a6f75849b", "relpath": "a"}] x"#,
        #"[{"md5": "c4ca4238a0b923820dcc509a6f75849b", "relpath": "a"},]"#,
        #"[{"md5": "c4ca4238a0b923820dcc509a6f75849b", "relpath": "\ud800"}]"#,
        #"[{"md5": "c4ca4238a0b923820dcc509a6f75849b", "relpath": "\u12"}]"#,
        #"[{"md5": "c4ca4238a0b923820dcc509a6f75849b", "relpath": "a"#,
    ])
    func whatIsNoManifestIsRefused(text: String) {
        #expect(throws: ManifestError.self) { try manifest(text) }
    }

    @Test func deepNestingIsRefusedAndNotFollowed() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: ManifestError.self) { try manifest(#"[{"x": "# + deep) }
    }

    @Test func everyPrefixAndEveryChangedByteIsHandled() {
        let bytes = Array(ManifestFixture.manifest.utf8)
        for length in stride(from: 0, to: bytes.count, by: 3) {
            #expect(throws: ManifestError.self) { try Tree(manifest: Array(bytes[..<length])) }
        }
        for position in stride(from: 0, to: bytes.count, by: 5) {
            for byte: UInt8 in [0, 0x22, 0x2f, 0x5c, 0x7d, 0xff] {
                var damaged = bytes
                damaged[position] = byte
                _ = try? Tree(manifest: damaged)
            }
        }
    }

    @Test func namesThatAreNoUTF8AreEscapedAsPythonDecodesThem() throws {
        let text =
            #"[{"md5": "\#(md5)", "relpath": "bad\udcff"}, {"md5": "\#(md5)", "relpath": "\udced\udca0\udc80"}, "#
            + #"{"md5": "\#(md5)", "relpath": "\ue000"}, {"md5": "\#(md5)", "relpath": "\ud800\udc00"}]"#
        let tree = try manifest(text)
        #expect(String(decoding: tree.manifest, as: UTF8.self) == text)
        let found = tree.withPath(at: 0) { Array($0) }
        #expect(found == Array("bad".utf8) + [0xff])
    }

    @Test func changesAreFoundInOnePass() throws {
        let old = try tree(["a": "1", "b": "2", "d/x": "3"])
        let new = try tree(["a": "1", "b": "changed", "c": "4"])
        let changes = Tree.changes(from: old, to: new)
        #expect(
            changes == [
                TreeChange(path: "b", kind: .modified(from: MD5.hash("2".utf8), to: MD5.hash("changed".utf8))),
                TreeChange(path: "c", kind: .added(MD5.hash("4".utf8))),
                TreeChange(path: "d/x", kind: .deleted(MD5.hash("3".utf8))),
            ]
        )
        #expect(Tree.changes(from: old, to: old).isEmpty)
    }

    @Test func partsCanBeTakenReplacedAndRemoved() throws {
        let whole = try tree(["a": "1", "d/x": "2", "d/y/z": "3", "d-e": "4"])
        #expect(try whole.subtree("d") == tree(["x": "2", "y/z": "3"]))
        #expect(whole.subtree("nothing") == nil)
        #expect(try whole.removing("d") == tree(["a": "1", "d-e": "4"]))
        #expect(try whole.removing("a") == tree(["d/x": "2", "d/y/z": "3", "d-e": "4"]))
        #expect(try whole.replacing("d", with: tree(["new": "5"])) == tree(["a": "1", "d/new": "5", "d-e": "4"]))
        let digest = MD5.hash("6".utf8)
        #expect(
            try whole.replacing("d", with: digest, size: 1) == tree(["a": "1", "d": "6", "d-e": "4"])
        )
        #expect(throws: ManifestError.self) { try whole.replacing("a/b", with: digest, size: 1) }
        #expect(throws: ManifestError.self) { try whole.replacing("../b", with: digest, size: 1) }
        #expect(try whole.merging(tree(["a": "9", "z": "8"])).count == 5)
        #expect(try whole.replacing("d", with: digest, size: 1).totalSize == 3)
    }
}

@Suite struct ObjectIDTests {
    @Test func textSurvivesTheRoundTrip() throws {
        for text in ["0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef.dir"] {
            let id = try #require(ObjectID(text))
            #expect(id.description == text)
            #expect(id.isTree == text.hasSuffix(".dir"))
            #expect(id.relativePath == "01/" + text.dropFirst(2))
        }
    }

    @Test(arguments: [
        "", "0123", "0123456789abcdef0123456789abcdeg", "0123456789abcdef0123456789abcdef.DIR",
        "0123456789abcdef0123456789abcdef.di", "../../../../../../../../etc/passwd",
    ])
    func otherTextIsRefused(text: String) {
        #expect(ObjectID(text) == nil)
    }
}
