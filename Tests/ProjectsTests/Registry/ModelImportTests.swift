import Archives
import Basics
import Foundation
import Projects
import Registry
import Testing
import Values
import YAML

struct ModelImportTests {
    private static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/tiny.bentomodel").path

    private func archive(_ files: [(String, String)], at path: String) throws {
        var bytes: [UInt8] = []
        var writer = TarWriter { bytes.append(contentsOf: $0) }
        for (name, text) in files { try writer.add(ArchiveEntry(path: name), contents: Array(text.utf8)) }
        try writer.finish()
        try Files.writeAtomically(bytes, to: path)
    }

    @Test("A model of BentoML comes with its weights, and what cannot come is told")
    func bento() throws {
        let house = try TemporaryProject()
        let imported = try house.open().importModel(Self.fixture)
        #expect(imported.name == "tiny" && imported.path == "models/tiny/saved_model.onnx")
        #expect(imported.left.map(\.name) == ["custom_objects.pkl"])
        #expect(imported.changes.files == ["dvc.yaml", "models/tiny/saved_model.onnx.dvc", "models/tiny/.gitignore"])
        #expect(try Files.status(house.path("models/tiny/saved_model.onnx"))?.size == 141)
        #expect(!Files.exists(house.path("models/tiny/custom_objects.pkl")))
        #expect(try Files.names(in: house.path("models")) == ["tiny"])
        let document = try YAMLDocument(parsing: try Files.read(house.path("dvc.yaml")))
        let artifact = document.value["artifacts"]?["tiny"]
        #expect(artifact?["path"] == .string("models/tiny/saved_model.onnx"))
        #expect(artifact?["type"] == .string("model"))
        #expect(artifact?["labels"] == .list([.string("stage=dev"), .string("team=planets")]))
        let meta = artifact?["meta"]?["bentoml"]
        #expect(meta?["tag"] == .string("tiny:hxjd7shhm6fjcax4"))
        #expect(meta?["metadata"]?["classes"]?.list?.count == 3)
        #expect(meta?["signatures"]?["run"]?["batchable"] == .bool(true))
        #expect(meta?["left-behind"] == .list([.string("custom_objects.pkl")]))
        // The project is whole: all its files are read again.
        #expect(try house.open().collect().stages.count == 1)
    }

    @Test("A second import needs to be forced, and then nothing of the first stays")
    func again() throws {
        let house = try TemporaryProject()
        _ = try house.open().importModel(Self.fixture)
        let before = try house.read("dvc.yaml")
        #expect(throws: ProjectError.self) { try house.open().importModel(Self.fixture) }
        #expect(try house.read("dvc.yaml") == before)
        try archive([("model.yaml", "name: tiny\nversion: b\n"), ("saved_model.onnx", "new")], at: house.path("b.tar"))
        var options = Project.ImportOptions()
        options.overwrites = true
        _ = try house.open().importModel("b.tar", options)
        #expect(try house.read("models/tiny/saved_model.onnx") == "new")
        #expect(try house.open().collect().stages.count == 1)
    }

    @Test("Files that would tell Git or DVC what to do stay behind")
    func metafiles() throws {
        let house = try TemporaryProject()
        let harmful = ["dvc.yaml", "sub/dvc.yaml", "x.dvc", ".gitignore", ".gitattributes", "DVC.lock", "apus.yaml"]
        let files = [("model.yaml", "name: m"), ("a.onnx", "a"), ("b.pkl", "b")] + harmful.map { ($0, "stages: {}") }
        try archive(files, at: house.path("m.tar"))
        let imported = try house.open().importModel("m.tar")
        #expect(Set(imported.left.map(\.name)) == Set(harmful))
        #expect(imported.files == ["a.onnx", "b.pkl"] && imported.path == "models/m")
        #expect(imported.warnings.count == 1)
        #expect(try Files.names(in: house.path("models/m")).filter { $0 != "sub" } == ["a.onnx", "b.pkl"])
    }

    @Test(
        "Nothing is left of an import that is refused",
        arguments: [
            [("../evil", "x"), ("model.yaml", "name: m")], [("model.yaml", "name: [m]"), ("a.onnx", "a")],
            [("a.onnx", "a")], [("model.yaml", "name: m")], [("model.yaml", "name: m: x"), ("a", "a")],
            [("model.yaml", "name: ä"), ("a.onnx", "a")], [("model.yaml", "name: ../../x"), ("a.onnx", "a")],
            [("model.yaml", "name: m"), (".git/config", "x")],
        ]
    )
    func refused(files: [(String, String)]) throws {
        let house = try TemporaryProject()
        try archive(files, at: house.path("m.tar"))
        #expect(throws: (any Error).self) { try house.open().importModel("m.tar") }
        #expect(try Files.names(in: house.root) == [".dvc", ".dvcignore", ".git", "m.tar", "models"])
        #expect(try Files.names(in: house.path("models")).isEmpty)
    }

    @Test("The bytes that an import takes have a limit")
    func limit() throws {
        let house = try TemporaryProject()
        try archive([("model.yaml", "name: m"), ("a.onnx", "12345")], at: house.path("m.tar"))
        var options = Project.ImportOptions()
        options.limit = 11
        #expect(throws: ArchiveError.self) { try house.open().importModel("m.tar", options) }
        options.limit = 12
        options.adds = false
        #expect(try house.open().importModel("m.tar", options).changes.files == ["dvc.yaml"])
        options.destination = "../outside"
        #expect(throws: ProjectError.self) { try house.open().importModel("m.tar", options) }
    }
}
