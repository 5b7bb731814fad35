import OrderedCollections
import Values

/// A variable, or a part of one, that knows where it came from.
struct ContextNode {
    struct Origin {
        /// A file, or the list of variables (`vars[0]`); nil for values written in place.
        var source: String?
        /// The keys from the top of the source, joined by dots.
        var path = ""
        /// Whether the source is a file, whose used keys are noted.
        var isFile = false

        func appending(_ step: String) -> Origin {
            Origin(source: source, path: path.isEmpty ? step : "\(path).\(step)", isFile: isFile)
        }
    }

    enum Content {
        case scalar(Value)
        case list([ContextNode])
        case map(OrderedDictionary<String, ContextNode>)
    }

    var content: Content
    let origin: Origin

    init(content: Content, origin: Origin) {
        self.content = content
        self.origin = origin
    }

    /// Wraps a value; keys that are no strings cannot be addressed and are dropped.
    init(_ value: Value, origin: Origin) {
        self.origin = origin
        switch value {
        case .list(let elements):
            content = .list(
                elements.enumerated().map { ContextNode($1, origin: origin.appending(String($0))) }
            )
        case .map(let map):
            var nodes: OrderedDictionary<String, ContextNode> = [:]
            for (key, element) in map where key.isString {
                nodes[key.text] = ContextNode(element, origin: origin.appending(key.text))
            }
            content = .map(nodes)
        default: content = .scalar(value)
        }
    }

    var value: Value {
        switch content {
        case .scalar(let value): return value
        case .list(let nodes): return .list(nodes.map(\.value))
        case .map(let nodes):
            var map: Value.Map = [:]
            for (key, node) in nodes {
                map[Value.Key(key)] = node.value
            }
            return .map(map)
        }
    }

    var isContainer: Bool {
        if case .scalar = content { return false }
        return true
    }

    /// The part of that name, or at that position, which may count from the end.
    func child(_ word: String) -> ContextNode? {
        switch content {
        case .scalar: nil
        case .map(let nodes): nodes[word]
        case .list(let nodes):
            Int(word).flatMap { index in
                let place = index < 0 ? index + nodes.count : index
                return nodes.indices.contains(place) ? nodes[place] : nil
            }
        }
    }

    /// The name of the stage that is made for this element of a group.
    var stageKey: String {
        if case .scalar(.bool(let flag)) = content, origin.source == nil {
            return flag ? "true" : "false"
        }
        return value.pythonText
    }
}
