extension DiagramGraph {
    /// The graph in the DOT language, dependencies pointing to their dependents, nodes and lines in the graph's order.
    package var dot: String {
        var lines = ["strict digraph {"]
        lines += labels.map { DiagramGraph.quoted($0) + ";" }
        let sorted = edges.sorted { ($0.dependency, $0.dependent) < ($1.dependency, $1.dependent) }
        lines += sorted.map {
            "\(DiagramGraph.quoted(labels[$0.dependency])) -> \(DiagramGraph.quoted(labels[$0.dependent]));"
        }
        lines.append("}\n")
        return lines.joined(separator: "\n")
    }

    /// The graph as a Mermaid flowchart, nodes numbered by name within each connected part.
    package var mermaid: String {
        var text = "flowchart TD"
        var total = 0
        for part in components() {
            let names = part.labels.sortedByScalars()
            var numbers: [String: Int] = [:]
            for name in names {
                total += 1
                numbers[name] = total
                text += "\n\tnode\(total)[\"\(name)\"]"
            }
            let lines = part.edges.map { [part.labels[$0.dependency], part.labels[$0.dependent]] }
            for line in lines.sorted(by: { $0.lexicographicallyPrecedes($1, by: String.scalarsPrecede) }) {
                text += "\n\tnode\(numbers[line[0]] ?? 0)-->node\(numbers[line[1]] ?? 0)"
            }
        }
        return text
    }

    /// The Mermaid flowchart in a fenced Markdown block.
    package var markdown: String {
        "```mermaid\n\(mermaid)\n```"
    }

    private static func quoted(_ label: String) -> String {
        if label.hasPrefix("\""), label.hasSuffix("\"") {
            return label
        }
        return "\"" + label.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"") + "\""
    }
}

extension String {
    /// Orders by code points, as Python does.
    static func scalarsPrecede(_ left: String, _ right: String) -> Bool {
        left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
    }
}

extension [String] {
    func sortedByScalars() -> [String] {
        sorted(by: String.scalarsPrecede)
    }
}
