import OrderedCollections
package import Values

/// A parsed YAML text (version 1.2, one document), kept with its bytes so that it can be edited in place.
package struct YAMLDocument: Sendable {
    package let source: [UInt8]
    /// Nil for a text without any value.
    package let root: YAMLNode?

    /// Parses UTF-8 text; duplicate keys, control characters, deep nesting and exploding aliases are errors.
    package init(parsing source: [UInt8]) throws(YAMLError) {
        self.source = source
        var parser = try YAMLParser(source)
        root = try parser.document()
    }

    /// The whole content; null when there is none.
    package var value: Value { root?.value ?? .null }

    /// The node that the steps lead to.
    package func node(at path: [YAMLStep]) -> YAMLNode? {
        var node = root
        for step in path { node = node?.child(step) }
        return node
    }

    /// The line of the deepest part of `path` that exists: of the key for an entry of a mapping.
    package func line(of path: [YAMLStep]) -> Int? {
        guard var node = root else { return nil }
        var line = node.line
        for step in path {
            guard let child = node.child(step) else { break }
            line = node.line(of: step) ?? child.line
            node = child
        }
        return line
    }
}

extension YAMLNode {
    func child(_ step: YAMLStep) -> YAMLNode? {
        switch (step, content) {
        case (.key(let key), .mapping): self[key]
        case (.index(let index), .sequence(let nodes, _)): nodes.indices.contains(index) ? nodes[index] : nil
        default: nil
        }
    }

    fileprivate func line(of step: YAMLStep) -> Int? {
        guard case .key(let key) = step, case .mapping(let pairs, _) = content else { return nil }
        return pairs.first { $0.key.asKey == key }?.key.line
    }
}
