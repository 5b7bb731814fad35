import Foundation
import Pipelines
import Testing

@Suite struct DiagramTests {
    @Test func boxesLookAsDVCDrawsThem() throws {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/boxes", withExtension: "txt"))
        let records = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n\u{1}\n").dropLast()
        #expect(records.count >= 39)
        for record in records {
            let parts = record.components(separatedBy: "\n=\n")
            #expect(graph(parts[0]).boxes == parts[1])
        }
    }

    @Test func aLineInsideACollapsedGroupIsLeftOut() {
        let graph = DiagramGraph(
            labels: ["a@1", "a@2", "b", "x@y.dvc"],
            edges: [.init(dependent: 1, dependency: 0), .init(dependent: 2, dependency: 1)]
        )
        let collapsed = graph.collapsingGroups()
        #expect(collapsed.labels == ["a", "b", "x@y.dvc"])
        #expect(collapsed.edges == [.init(dependent: 1, dependency: 0)])
    }

    @Test func collapsedCyclesAreDrawn() {
        let graph = DiagramGraph(
            labels: ["a", "b"],
            edges: [.init(dependent: 1, dependency: 0), .init(dependent: 0, dependency: 1)]
        )
        #expect(graph.boxes.contains("| a |") && graph.boxes.contains("| b |"))
    }

    @Test func dotListsNodesAndLines() {
        #expect(
            chain.dot == """
                strict digraph {
                "train";
                "data.dvc";
                "prep";
                "data.dvc" -> "prep";
                "prep" -> "train";
                }

                """
        )
    }

    @Test func mermaidNumbersNodesByNameWithinAPart() {
        #expect(
            DiagramGraph(labels: chain.labels + ["alone"], edges: chain.edges).mermaid
                == "flowchart TD\n\tnode1[\"data.dvc\"]\n\tnode2[\"prep\"]\n\tnode3[\"train\"]\n\tnode1-->node2\n"
                + "\tnode2-->node3\n\tnode4[\"alone\"]"
        )
        #expect(chain.markdown.hasPrefix("```mermaid\nflowchart TD\n"))
    }

    @Test func aTargetShowsWhatItDependsOnUnlessFull() {
        #expect(chain.restricted(to: ["prep"], full: false).labels == ["data.dvc", "prep"])
        #expect(chain.restricted(to: ["prep"], full: true).labels == chain.labels)
        #expect(chain.restricted(to: [], full: false) == chain)
    }

    @Test func anEmptyGraphDrawsNothing() {
        let empty = DiagramGraph(labels: [], edges: [])
        #expect(empty.boxes.isEmpty)
        #expect(empty.mermaid == "flowchart TD")
    }

    private var chain: DiagramGraph {
        DiagramGraph(
            labels: ["train", "data.dvc", "prep"],
            edges: [.init(dependent: 0, dependency: 2), .init(dependent: 2, dependency: 1)]
        )
    }

    private func graph(_ text: String) -> DiagramGraph {
        var labels: [String] = []
        var edges: [DiagramGraph.Edge] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if words[0] == "n" {
                labels.append(words[1])
            } else if let from = Int(words[1]), let to = Int(words[2]) {
                edges.append(.init(dependent: from, dependency: to))
            }
        }
        return DiagramGraph(labels: labels, edges: edges)
    }
}
