import Basics
import Deployments
import Foundation
import Inference
import OrderedCollections
import Projects
import Testing
import Values

@Suite struct DeploymentFileTests {
    /// Makes a folder with an `apus.yaml` and more files, and gives its path to `body`.
    private func inFolder(_ yaml: String, _ files: [String: String] = [:], _ body: (String) throws -> Void) throws {
        let folder = try Files.makeTemporaryFolder("apus-deployments-")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, text) in files.merging(["apus.yaml": yaml], uniquingKeysWith: { $1 }) {
            try Files.writeAtomically(Array(text.utf8), to: Paths.join(folder, name))
        }
        try body(folder)
    }

    private let services = "services: {digits: {model: digits.onnx}}\n"

    @Test func theOnlyTargetNeedsNoName() throws {
        try inFolder(services + "image: {repository: r/x}\ndeploy: {production: {}}\n") { folder in
            let file = try DeploymentFile(Paths.join(folder, "apus.yaml"))
            #expect(try file.target(nil).name == "production")
            #expect(file.image.repository == "r/x")
            #expect(throws: DeploymentError.unknownTarget("prod", ["production"])) { try file.target("prod") }
        }
    }

    @Test func ofSeveralTargetsOneIsNamed() throws {
        try inFolder(services + "deploy: {a: {namespace: a}, b: {namespace: b}}\n") { folder in
            let file = try DeploymentFile(Paths.join(folder, "apus.yaml"))
            #expect(throws: DeploymentError.targetNeeded(["a", "b"])) { try file.target(nil) }
        }
    }

    @Test func mistakesHaveTheirPlaces() throws {
        try inFolder(services + "deploy:\n  a:\n    replicas: x\n") { folder in
            let path = Paths.join(folder, "apus.yaml")
            let error = #expect(throws: ServiceFileError.self) { try DeploymentFile(path) }
            #expect(error?.description == "\(path):4: error: 'replicas' must be a whole number from 0 to 10000")
        }
    }

    @Test func patchesAreReadFromFiles() throws {
        let text = services + "deploy:\n  a:\n    patch: [more.yaml, none.yaml]\n"
        try inFolder(text, ["more.yaml": "kind: Service\nspec: {type: NodePort}\n"]) { folder in
            let path = Paths.join(folder, "apus.yaml")
            let error = #expect(throws: ServiceFileError.self) { try DeploymentFile(path) }
            #expect(error?.faults.count == 1)
            #expect(error?.faults.first?.line == 4)
        }
    }

    @Test func aFolderOfManifestsKeepsWhatOthersMade() throws {
        let manifest = Manifest(kind: "Service", name: "x", value: .map(["kind": .string("Service")]))
        let budget = Manifest(kind: "PodDisruptionBudget", name: "x", value: .map(["a": .int(1)]))
        try inFolder("{}") { folder in
            let output = Paths.join(folder, "out")
            #expect(
                try ManifestFolder.write([manifest, budget], to: output)
                    == ["created service.yaml", "created disruption-budget.yaml", "created kustomization.yaml"]
            )
            try Files.writeAtomically(Array("mine".utf8), to: Paths.join(output, "ingress.yaml"))
            #expect(
                try ManifestFolder.write([manifest], to: output)
                    == ["changed kustomization.yaml", "removed disruption-budget.yaml"]
            )
            #expect(try ManifestFolder.write([manifest], to: output).isEmpty)
            #expect(Files.exists(Paths.join(output, "ingress.yaml")))
            try Files.writeAtomically(Array("mine".utf8), to: Paths.join(output, "service.yaml"))
            #expect(throws: DeploymentError.foreignFile(Paths.join(output, "service.yaml"))) {
                try ManifestFolder.write([manifest], to: output)
            }
        }
    }
}
