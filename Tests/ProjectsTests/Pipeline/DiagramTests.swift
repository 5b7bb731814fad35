import Pipelines
import Projects
import Testing

@Suite struct ProjectDiagramTests {
    let files: TemporaryProject

    init() throws {
        files = try TemporaryProject()
        try files.write("stages:\n  s: {cmd: x, deps: [in], outs: [o/one, o/two]}\n", to: "sub/dvc.yaml")
        try files.write("outs:\n- path: in\n", to: "sub/in.dvc")
        try files.write(
            "stages:\n  t: {cmd: x, deps: [sub/o], outs: [p], metrics: [m]}\n  u: {cmd: x}\n",
            to: "dvc.yaml"
        )
    }

    private func lines(_ graph: DiagramGraph) -> Set<String> {
        Set(graph.edges.map { "\(graph.labels[$0.dependent]) <- \(graph.labels[$0.dependency])" })
    }

    @Test func stagesAreNamedAsTheCallerWould() throws {
        let graph = try files.open(in: "sub").diagram(of: nil)
        #expect(Set(graph.labels) == ["../dvc.yaml:t", "../dvc.yaml:u", "s", "in.dvc"])
        #expect(lines(graph) == ["../dvc.yaml:t <- s", "s <- in.dvc"])
    }

    @Test func outputsDependOnWhatTheirStageReads() throws {
        let graph = try files.open().diagram(of: nil, Project.DiagramOptions(showsOutputs: true))
        #expect(graph.labels.count == 5)
        #expect(
            lines(graph) == [
                "p <- sub/o/one", "p <- sub/o/two", "m <- sub/o/one", "m <- sub/o/two", "sub/o/one <- sub/in",
                "sub/o/two <- sub/in",
            ]
        )
    }

    @Test func aTargetShowsWhatItNeeds() throws {
        let project = try files.open()
        #expect(Set(try project.diagram(of: "sub/dvc.yaml:s").labels) == ["sub/dvc.yaml:s", "sub/in.dvc"])
        let full = try project.diagram(of: "sub/o/one", Project.DiagramOptions(isFull: true))
        #expect(Set(full.labels) == ["sub/dvc.yaml:s", "sub/in.dvc", "t"])
        #expect(throws: ProjectError.self) { try project.diagram(of: "nosuch") }
    }

    @Test func anOutputIsNoTargetAmongOutputs() throws {
        let options = Project.DiagramOptions(showsOutputs: true)
        #expect(throws: DiagramError.outputAsTarget("sub/in")) { try files.open().diagram(of: "sub/in", options) }
        #expect(Set(try files.open().diagram(of: "sub/in.dvc", options).labels) == ["sub/in"])
    }

    @Test func groupsAreOneNode() throws {
        try files.write(
            "stages:\n  g:\n    foreach: [1, 2]\n    do: {cmd: x, outs: ['o${item}']}\n  e: {cmd: x, deps: [o1, o2]}\n",
            to: "dvc.yaml"
        )
        let graph = try files.open().diagram(of: "e", Project.DiagramOptions(collapsesGroups: true))
        #expect(Set(graph.labels) == ["g", "e"])
        #expect(lines(graph) == ["e <- g"])
    }
}
