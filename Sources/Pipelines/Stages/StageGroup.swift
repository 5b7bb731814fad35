import OrderedCollections
import Values
import YAML

/// The elements of a `foreach` or `matrix` stage: for each stage to make its key and its variables.
struct StageGroup {
    private(set) var elements: OrderedDictionary<String, [(name: String, node: ContextNode)]> = [:]

    /// Mappings give `key` and `item`; lists give `item`, and plain elements name their stages.
    init(foreach nodes: ContextNode, fault: (String) -> PipelineDiagnostic) throws(PipelineDiagnostic) {
        switch nodes.content {
        case .map(let map):
            for (key, node) in map {
                elements[key] = [("item", node), ("key", StageGroup.plain(key))]
            }
        case .list(let list):
            let hasContainers = list.contains(where: \.isContainer)
            for (index, node) in list.enumerated() {
                elements[hasContainers ? String(index) : node.stageKey] = [("item", node)]
            }
        case .scalar(let value):
            throw fault("expected list/dictionary, got \(value.pythonType)")
        }
    }

    /// Every combination of the elements of the lists, the first list varying slowest.
    init(matrix nodes: ContextNode, fault: (String) -> PipelineDiagnostic) throws(PipelineDiagnostic) {
        guard case .map(let map) = nodes.content else {
            throw fault("expected a mapping of names to lists")
        }
        var dimensions: [[Choice]] = []
        var count = 1
        for (name, node) in map {
            let choices = try StageGroup.choices(name, node, fault)
            dimensions.append(choices)
            count *= choices.count
            guard count <= StageGroup.limit else {
                throw fault("the matrix has more than \(StageGroup.limit) combinations")
            }
        }
        var combinations: [Combination] = [Combination()]
        for choices in dimensions {
            combinations = combinations.flatMap { combination in choices.map { combination.appending($0) } }
        }
        for combination in combinations {
            let key = combination.fragments.joined(separator: "-")
            let item = ContextNode(content: .map(combination.nodes), origin: ContextNode.Origin())
            elements[key] = [("key", StageGroup.plain(key)), ("item", item)]
        }
    }

    /// More stages than anyone can run are a mistake, and would exhaust memory.
    private static let limit = 100_000

    private struct Choice {
        let name: String
        let fragment: String
        let node: ContextNode
    }

    private struct Combination {
        var fragments: [String] = []
        var nodes: OrderedDictionary<String, ContextNode> = [:]

        func appending(_ choice: Choice) -> Combination {
            var copy = self
            copy.fragments.append(choice.fragment)
            copy.nodes[choice.name] = choice.node
            return copy
        }
    }

    private static func choices(
        _ name: String,
        _ node: ContextNode,
        _ fault: (String) -> PipelineDiagnostic
    ) throws(PipelineDiagnostic) -> [Choice] {
        let nodes: [ContextNode]
        switch node.content {
        case .list(let list): nodes = list
        // Python takes mappings for their keys and strings for their characters.
        case .map(let map): nodes = map.keys.map(plain)
        case .scalar(.string(let text)) where node.origin.source == nil: nodes = text.map { plain(String($0)) }
        case .scalar(let value): throw fault("expected a list for '\(name)', got \(value.pythonType)")
        }
        return nodes.enumerated().map { index, node in
            Choice(name: name, fragment: node.isContainer ? "\(name)\(index)" : node.stageKey, node: node)
        }
    }

    private static func plain(_ text: String) -> ContextNode {
        ContextNode(.string(text), origin: ContextNode.Origin())
    }
}
