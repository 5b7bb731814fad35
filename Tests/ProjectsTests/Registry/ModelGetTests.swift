import Archives
import Basics
import ObjectStore
import Projects
import Registry
import Testing
import Tracking

struct ModelGetTests {
    /// A project with two versions of a model, the first in its cache and in a remote.
    private func source() throws -> TemporaryProject {
        let house = try TemporaryProject()
        try house.identify()
        try house.addRemote()
        let name = try #require(ModelName("digits"))
        try house.commitModel("one")
        _ = try house.open().register(name)
        _ = try house.open().push(DataSelection())
        try house.commitModel("two")
        _ = try house.open().register(name)
        return house
    }

    private func options(_ destination: String) -> ModelSource.GetOptions {
        var options = ModelSource.GetOptions()
        options.destination = destination
        return options
    }

    @Test("A model comes from the cache of a repository of this machine")
    func fromCache() throws {
        let (source, mine) = (try source(), try TemporaryProject())
        let delivered = try mine.models(source.root).get(ModelReference("digits@v0.0.1"), options("a.bin"))
        #expect(delivered.count == 1 && delivered.version == "v0.0.1" && delivered.path == "a.bin")
        #expect(try mine.read("a.bin") == "one")
        _ = try mine.models(source.root).get(ModelReference("digits"))
        #expect(try mine.read("model.bin") == "two")
        #expect(throws: ModelDataError.exists("model.bin")) {
            try mine.models(source.root).get(ModelReference("digits"))
        }
        #expect(try Files.names(in: mine.root) == [".dvc", ".dvcignore", ".git", "a.bin", "model.bin"])
    }

    @Test("What the cache lacks comes from the remote, and what both lack is said")
    func fromRemote() throws {
        let (source, mine) = (try source(), try TemporaryProject())
        try Files.remove(source.path(".dvc/cache"))
        _ = try mine.models(source.root).get(ModelReference("digits@v0.0.1"))
        #expect(try mine.read("model.bin") == "one")
        #expect(throws: ModelDataError.self) {
            try mine.models(source.root).get(ModelReference("digits@v0.0.2"), options("b"))
        }
        #expect(!Files.exists(mine.path("b")) && !Files.exists(source.path(".dvc/cache")))
    }

    @Test("An object with the wrong bytes is not handed out")
    func corrupt() throws {
        let (source, mine) = (try source(), try TemporaryProject())
        try Files.remove(source.path(".dvc/r-store"))
        for object in try source.open().store.list() {
            let path = try source.open().store.path(of: object)
            try FileSystem.setMode(path, 0o644)
            try Files.writeAtomically(Array("bad".utf8), to: path)
            try FileSystem.setMode(path, 0o444)
        }
        #expect(throws: ModelDataError.corrupt("model")) { try mine.models(source.root).get(ModelReference("digits")) }
        #expect(!Files.exists(mine.path("model.bin")))
    }

    @Test("A copy of a repository is asked by its URL")
    func byURL() throws {
        let (source, mine) = (try source(), try TemporaryProject())
        let store = source.path(".dvc/r-store")
        try source.write("[core]\n    remote = r\n['remote \"r\"']\n    url = \(store)\n", to: ".dvc/config")
        try source.commit("an absolute remote")
        let models = try mine.models("file://" + source.root)
        _ = try models.get(ModelReference("digits@v0.0.1"))
        #expect(try mine.read("model.bin") == "one")
        #expect(try models.list().models.map(\.latest) == ["v0.0.2"])
    }

    @Test("Directories, parts of them, and files of Git are models as well")
    func kinds() throws {
        let (house, mine) = (try TemporaryProject(), try TemporaryProject())
        for name in ["a", "sub/b", "sub/c"] { try house.write(name, to: "many/" + name) }
        try house.add("many")
        let artifacts = "artifacts:\n  many: {path: many}\n  part: {path: many/sub}\n  file: {path: many/a}\n"
        try house.commit([
            "dvc.yaml": artifacts + "  plain: {path: plain.txt}\n  dir: {path: dir}\n  none: {path: none}\n",
            "plain.txt": "plain", "dir/x": "x", "dir/y/z": "z", "inner/dvc.yaml": "artifacts:\n  m: {path: m.txt}\n",
            "inner/m.txt": "m",
        ])
        let models = try mine.models(house.root)
        for name in ["many", "part", "file", "plain", "dir", "inner:m"] {
            _ = try models.get(ModelReference(name), options("got/" + name))
        }
        #expect(try mine.read("got/many/sub/b") == "sub/b")
        #expect(try mine.read("got/part/c") == "sub/c")
        #expect(try mine.read("got/file") == "a")
        #expect(try mine.read("got/plain") == "plain")
        #expect(try mine.read("got/dir/y/z") == "z")
        #expect(try mine.read("got/inner:m") == "m")
        #expect(throws: ModelDataError.nothing("none")) { try models.get(ModelReference("none")) }
    }

    @Test(
        "An archive of a version has the same bytes each time",
        arguments: ["a.tar.gz", "a.tar.xz", "a.tar", "a.bentomodel"]
    )
    func export(name: String) throws {
        let (source, mine) = (try source(), try TemporaryProject())
        var options = ModelSource.ExportOptions()
        options.destination = "first/" + name
        _ = try mine.models(source.root).export(ModelReference("digits@v0.0.1"), options)
        options.destination = "second/" + name
        _ = try source.models().export(ModelReference("digits@v0.0.1"), options)
        #expect(try Files.read(mine.path("first/" + name)) == Files.read(source.path("second/" + name)))
        try Files.makeDirectories(mine.path("out"))
        let outcome = try ArchiveExtractor.extract(mine.path("first/" + name), to: mine.path("out"))
        #expect(outcome.files == ["model.yaml", "model.bin"])
        #expect(try mine.read("out/model.bin") == "one")
        #expect(try mine.read("out/model.yaml")?.hasPrefix("name: digits\nversion: ") == true)
        #expect(throws: ModelDataError.exists("first/" + name)) {
            options.destination = "first/" + name
            return try mine.models(source.root).export(ModelReference("digits@v0.0.2"), options)
        }
    }
}
