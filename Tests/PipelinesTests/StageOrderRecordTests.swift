import Foundation
import OrderedCollections
import Pipelines
import Testing
import Values

@Suite struct StageOrderRecordTests {
    @Test func stagesRunInTheOrderOfDVC() throws {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/repro-orders", withExtension: "json"))
        let cases = try #require(Value(json: Array(Data(contentsOf: url))).list)
        #expect(cases.count >= 40)
        for record in cases {
            let stages = try #require(record["stages"]?.map)
            let graph = try StageGraph(stages.map { stage($0.key.text, $0.value) }).active()
            let targets = (record["targets"]?.list ?? []).compactMap { $0.string.flatMap(graph.index) }
            let scope: StageGraph.Scope =
                switch record["scope"]?.string {
                case "downstream": .downstream
                case "pipeline": .pipeline
                default: .upstream
                }
            let order = graph.order(targets: targets, scope: scope).map { graph.nodes[$0].address }
            #expect(order == record["order"]?.list?.compactMap(\.string), Comment(rawValue: record.json()))
        }
    }

    private func stage(_ name: String, _ value: Value) -> StageNode {
        node(
            name,
            reads: (value["deps"]?.list ?? []).compactMap { $0.string.map { "/p/\($0)" } },
            writes: (value["outs"]?.list ?? []).compactMap { $0.string.map { "/p/\($0)" } },
            frozen: value["frozen"]?.bool ?? false
        )
    }
}
