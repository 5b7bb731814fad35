import Projects
import Testing

@Suite struct ArtifactPathsTests {
    @Test func artifactsOfAllPipelinesAreFound() throws {
        let house = try TemporaryProject()
        try house.write("artifacts:\n  top: {path: top.onnx}\n  same: {path: same.onnx}\n", to: "dvc.yaml")
        try house.write("artifacts:\n  inner: {path: m/inner.onnx}\n  same: {path: same.onnx}\n", to: "a/dvc.yaml")
        try house.write("artifacts:\n  same: {path: other.onnx}\n", to: "b/dvc.yaml")
        try house.write("not: [a pipeline", to: "c/dvc.yaml")
        let environment = try house.open().environment
        let top = try ArtifactPaths(in: house.root, environment)
        #expect(top["top"] == house.path("top.onnx"))
        #expect(top["inner"] == house.path("a/m/inner.onnx"))
        #expect(top["a:inner"] == house.path("a/m/inner.onnx"))
        #expect(top["b:same"] == house.path("b/other.onnx"))
        // The one without a folder is that of the top.
        #expect(top["same"] == house.path("same.onnx"))
        #expect(top["nothing"] == nil)
        let inner = try ArtifactPaths(in: house.path("a"), environment)
        #expect(inner["inner"] == house.path("a/m/inner.onnx"))
        #expect(inner["top"] == house.path("top.onnx"))
    }
}
