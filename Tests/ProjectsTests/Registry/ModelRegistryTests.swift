import Basics
import Projects
import Registry
import Testing
import Tracking
import Values

struct ModelRegistryTests {
    private let digits = ModelName("digits")

    private func name() throws -> ModelName { try #require(digits) }

    @Test("Versions count up, and a commit has one")
    func register() throws {
        let house = try TemporaryProject()
        try house.identify()
        try house.commitModel("one")
        #expect(try house.open().register(name()).name == "digits@v0.0.1")
        #expect(throws: RegistryError.commitRegistered("digits", version: "v0.0.1")) {
            try house.open().register(name())
        }
        try house.commitModel("two")
        #expect(try house.open().register(name(), bump: .minor).name == "digits@v0.1.0")
        try house.commitModel("three")
        let taken = try #require(SemanticVersion("v0.1.0"))
        #expect(throws: RegistryError.versionTaken("digits", version: "v0.1.0")) {
            try house.open().register(name(), version: taken)
        }
        #expect(try house.open().register(name(), bump: .major).name == "digits@v1.0.0")
        let list = try house.models().list()
        #expect(list.models.map(\.latest) == ["v1.0.0"] && list.models.map(\.versionCount) == [3])
    }

    @Test("What dvc.yaml does not declare is not registered, unless that is forced")
    func undeclared() throws {
        let house = try TemporaryProject()
        try house.identify()
        try house.commit(["a": "a"])
        #expect(throws: RegistryError.notAnArtifact("digits", revision: "HEAD")) { try house.open().register(name()) }
        var options = Project.TagOptions()
        options.isForced = true
        #expect(try house.open().register(name(), options).name == "digits@v0.0.1")
    }

    @Test("Stages move from version to version within one second")
    func stages() throws {
        let house = try TemporaryProject()
        try house.identify()
        try house.commitModel("one")
        _ = try house.open().register(name())
        try house.commitModel("two")
        _ = try house.open().register(name())
        for (version, tag) in [("v0.0.1", "digits#prod#1"), ("v0.0.2", "digits#prod#2"), ("v0.0.1", "digits#prod#3")] {
            let made = try house.open().assign(ModelReference("digits@" + version), stage: "prod")
            #expect(made.name == tag && made.version == version)
            #expect(try house.models().list().models[0].stages.map(\.version) == [version])
        }
        #expect(throws: RegistryError.alreadyAssigned("digits", version: "v0.0.1", stage: "prod")) {
            try house.open().assign(ModelReference("digits#prod"), stage: "prod")
        }
        #expect(try house.open().unassign(ModelReference("digits"), stage: "prod").name == "digits#prod!#4")
        // The version that had the stage before has it again, as GTO sees it.
        #expect(try house.models().list().models[0].stages.map(\.version) == ["v0.0.2"])
    }

    @Test("A version that was taken back can be registered again, under a name that is free")
    func deregister() throws {
        let house = try TemporaryProject()
        try house.identify()
        try house.commitModel("one")
        _ = try house.open().register(name())
        #expect(try house.open().deregister(ModelReference("digits@v0.0.1")).name == "digits@v0.0.1!")
        #expect(throws: RegistryError.alreadyDeregistered("digits", version: "v0.0.1")) {
            try house.open().deregister(ModelReference("digits@v0.0.1"))
        }
        #expect(try house.models().list().models[0].latest == nil)
        #expect(try house.open().register(name()).name == "digits@v0.0.1#1")
        #expect(try house.models().list().models[0].latest == "v0.0.1")
        // A number that was taken back is not given to another commit.
        _ = try house.open().deregister(ModelReference("digits@v0.0.1"))
        try house.commitModel("two")
        #expect(try house.open().register(name()).name == "digits@v0.0.2")
    }

    @Test("A deprecated model is not listed")
    func deprecate() throws {
        let house = try TemporaryProject()
        try house.identify()
        try house.commitModel("one")
        _ = try house.open().register(name())
        #expect(try house.open().deprecate(name()).name == "digits@deprecated")
        #expect(try house.models().list().models.isEmpty)
        #expect(try house.models().list(includingDeprecated: true).models.map(\.isDeprecated) == [true])
    }

    @Test("Only stages that .gto lists are assigned")
    func allowedStages() throws {
        let house = try TemporaryProject()
        try house.identify()
        try house.write("stages: [dev, prod]\n", to: ".gto")
        try house.commitModel("one")
        _ = try house.open().register(name())
        #expect(throws: RegistryError.unknownStage("qa", known: ["dev", "prod"])) {
            try house.open().assign(ModelReference("digits"), stage: "qa")
        }
        _ = try house.open().assign(ModelReference("digits"), stage: "prod")
        #expect(try house.models().list().stages == ["dev", "prod"])
        try house.write("stages: {a: b}\n", to: ".gto")
        #expect(throws: RegistryError.self) { try house.open().assign(ModelReference("digits"), stage: "qa") }
    }

    @Test("A version is shown with the data of its commit")
    func show() throws {
        let house = try TemporaryProject()
        try house.identify()
        try house.commitModel("one")
        _ = try house.open().register(name())
        try house.commitModel("twenty")
        let details = try house.models().show(ModelReference("digits@v0.0.1"))
        #expect(details.json["hash"] == .string("f97c5d29941bfb1b2fdab0874906ab82"))
        #expect(details.json["size"] == .int(3))
        #expect(details.json["path"] == .string("model.bin"))
        #expect(details.json["author"] == .string("Ann"))
        #expect(try house.models().show(ModelReference("digits", revision: "HEAD")).json["size"] == .int(6))
        #expect(throws: RegistryError.versionMissing("digits", version: "v9.0.0")) {
            try house.models().show(ModelReference("digits@v9.0.0"))
        }
        #expect(throws: RegistryError.unknownModel("other", known: ["digits"])) {
            try house.models().show(ModelReference("other"))
        }
    }

    @Test("A version has the metrics of its commit")
    func metrics() throws {
        let house = try TemporaryProject()
        try house.identify()
        let model = "artifacts:\n  digits:\n    path: model.bin\n    type: model\n"
        try house.write("metrics: [scores.json]\n" + model, to: "dvc.yaml")
        try house.write(#"{"accuracy": 0.5}"#, to: "scores.json")
        try house.commitModel("one")
        _ = try house.open().register(name())
        try house.write(#"{"accuracy": 0.75}"#, to: "scores.json")
        try house.commitModel("two")
        _ = try house.open().register(name())
        let old = try house.models().show(ModelReference("digits@v0.0.1"))
        #expect(old.json["metrics"]?["scores.json"]?["accuracy"] == .float(0.5))
        #expect(old.text.contains(#"metrics:     scores.json {"accuracy": 0.5}"#))
        let all = try house.models().show(ModelReference("digits"))
        let shown = all.json["versions"]?.list?.map { $0["metrics"]?["scores.json"]?["accuracy"] }
        #expect(shown == [.float(0.75), .float(0.5)])
    }

    @Test("References say one thing", arguments: ["digits@v1.0.0", "digits#prod", "digits@latest", "a/b:digits@1.0.0"])
    func references(text: String) throws {
        #expect(try ModelReference(text).selector != nil)
        #expect(throws: RegistryError.severalSelectors) { try ModelReference(text, revision: "HEAD") }
    }

    @Test(
        "What is no reference is refused",
        arguments: ["", "@v1.0.0", "digits@", "digits#", "digits@1", "dig its", "-d"]
    )
    func badReferences(text: String) {
        #expect(throws: RegistryError.self) { try ModelReference(text) }
    }

    @Test("Declaring a model changes only its lines")
    func declare() throws {
        let house = try TemporaryProject()
        try house.write("# mine\nstages:\n    a:\n        cmd: 'true'   # keeps\n", to: "dvc.yaml")
        var artifact = Project.NewArtifact(name: "digits", path: "models/digits.onnx")
        artifact.labels = ["onnx"]
        _ = try house.open().addArtifact(artifact)
        let text = try #require(try house.read("dvc.yaml"))
        #expect(text.hasPrefix("# mine\nstages:\n    a:\n        cmd: 'true'   # keeps\n"))
        #expect(text.contains("path: models/digits.onnx"))
        #expect(throws: RegistryError.artifactExists("digits", file: "dvc.yaml")) {
            try house.open().addArtifact(artifact)
        }
        #expect(throws: ProjectError.self) {
            try house.open().addArtifact(Project.NewArtifact(name: "x", path: "../outside"))
        }
        #expect(throws: RegistryError.invalidName("a b")) {
            try house.open().addArtifact(Project.NewArtifact(name: "a b", path: "x"))
        }
    }
}
