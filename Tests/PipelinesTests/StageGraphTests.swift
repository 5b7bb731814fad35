import Pipelines
import Testing

@Suite struct StageGraphTests {
    @Test func dependenciesBelongToEqualOuterAndInnerOutputs() throws {
        let graph = try StageGraph([
            node("equal", reads: ["/p/data/a"]),
            node("inside", reads: ["/p/dir/x/y"]),
            node("above", reads: ["/p"]),
            node("a", writes: ["/p/data/a"]),
            node("dir", writes: ["/p/dir"]),
            node("similar", reads: ["/p/di", "/p/data/ab"]),
        ])
        #expect(graph.upstream == [[3], [4], [3, 4], [], [], []])
        #expect(graph.downstream == [[], [], [], [0, 2], [1, 2], []])
    }

    @Test func composedAndDecomposedNamesAreDifferentPaths() throws {
        let graph = try StageGraph([
            node("a", writes: ["/p/\u{E9}"]), node("b", writes: ["/p/e\u{301}"]), node("c", reads: ["/p/\u{E9}"]),
        ])
        #expect(graph.upstream[2] == [0])
    }

    @Test func doubledOutputsAreRefused() {
        #expect(throws: StageGraphError.duplicateOutput(output: "x", stages: ["b", "a"])) {
            try StageGraph([node("a", writes: ["/p/x"]), node("b", writes: ["/p/x"])])
        }
        let own = StageGraphError.duplicateOutput(output: "x", stages: ["a"])
        #expect(throws: own) { try StageGraph([node("a", writes: ["/p/x", "/p/x"])]) }
        #expect(own.description == "output 'x' is already specified in stage: 'a'.")
        #expect(own.hint == "Use `apus remove a` to stop tracking the overlapping output.")
    }

    @Test func overlappingOutputsAreRefusedInBothOrders() {
        let error = StageGraphError.overlappingOutputs(parent: "d", parentStage: "a", inner: "x", innerStage: "b")
        #expect(throws: error) { try StageGraph([node("a", writes: ["/p/d"]), node("b", writes: ["/p/d/x"])]) }
        #expect(throws: error) { try StageGraph([node("b", writes: ["/p/d/x"]), node("a", writes: ["/p/d"])]) }
    }

    @Test func aStageFileInsideAnOutputIsRefused() {
        let inner = StageNode(address: "d/dvc.yaml:s", file: "/p/d/dvc.yaml", outputs: [], dependencies: [])
        #expect(throws: StageGraphError.stageInsideOutput(stage: "d/dvc.yaml:s", output: "d")) {
            try StageGraph([node("a", writes: ["/p/d"]), inner])
        }
    }

    @Test func cyclesNameTheirStages() {
        #expect(throws: StageGraphError.cycle(stages: ["b", "c"])) {
            try StageGraph([
                node("a", reads: ["/p/b"]), node("b", reads: ["/p/c"], writes: ["/p/b"]),
                node("c", reads: ["/p/b"], writes: ["/p/c"]),
            ])
        }
        #expect(throws: StageGraphError.cycle(stages: ["a"])) {
            try StageGraph([node("a", reads: ["/p/x"], writes: ["/p/x"])])
        }
    }

    @Test func stagesRunAfterTheirDependencies() throws {
        let graph = try diamond()
        #expect(graph.order() == [1, 3, 0, 2, 4])
        #expect(graph.order(targets: [0]) == [1, 3, 0])
        #expect(graph.order(targets: [1], scope: .downstream) == [1, 3, 0, 2])
        #expect(graph.order(targets: [2, 0, 2], scope: .single) == [2, 0])
        #expect(graph.order(targets: [4, 1], scope: .pipeline) == [4, 1, 3, 0, 2])
        #expect(graph.components() == [[0, 1, 2, 3], [4]])
    }

    @Test func frozenStagesForgetTheirDependencies() throws {
        let graph = try StageGraph([
            node("a", writes: ["/p/a"]), node("b", reads: ["/p/a"], writes: ["/p/b"], frozen: true),
            node("c", reads: ["/p/b"]),
        ])
        #expect(graph.active().order(targets: [2]) == [1, 2])
        #expect(graph.order(targets: [2]) == [0, 1, 2])
    }

    @Test(.timeLimit(.minutes(1))) func longChainsDoNotExhaustTheStack() throws {
        let count = 20_000
        let graph = try StageGraph(
            (0..<count).map { node("s\($0)", reads: ["/p/o/\($0 + 1)"], writes: ["/p/o/\($0)"]) }
        )
        #expect(graph.order(targets: [0]) == (0..<count).reversed())
        #expect(graph.components().count == 1)
    }

    /// 0 reads 1 and 3, 3 and 2 read 1; 4 stands alone.
    private func diamond() throws -> StageGraph {
        try StageGraph([
            node("top", reads: ["/p/base", "/p/side"]), node("base", writes: ["/p/base"]),
            node("other", reads: ["/p/base"]), node("side", reads: ["/p/base"], writes: ["/p/side"]), node("alone"),
        ])
    }
}

func node(
    _ name: String,
    reads: [String] = [],
    writes: [String] = [],
    frozen: Bool = false
) -> StageNode {
    let outputs = writes.map { path in
        StageNode.Output(path: path, label: path.split(separator: "/").last.map(String.init) ?? path)
    }
    return StageNode(
        address: name,
        file: "/p/dvc.yaml",
        outputs: outputs,
        dependencies: reads,
        isFrozen: frozen
    )
}
