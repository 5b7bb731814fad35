package import Values

/// A YAML text with the nodes in it, read by the rules of YAML 1.2 as DVC's reader applies them.
///
/// Numbers are `010` (10), `1_000`, `0x1F`, `0o17`, `0b11`, `1e5`, `.inf`; `yes` and `1:30` are strings.
package struct YAMLDocument: Sendable {
    /// The text as given.
    package let source: [UInt8]
    /// The top node, nil when the text has no content.
    package let root: YAMLNode?

    /// Reads one document.
    ///
    /// Refused are invalid UTF-8, control characters, equal keys in one mapping, collections as keys, a second
    /// document, more than 200 levels and aliases that expand to more than 200,000 nodes.
    package init(parsing source: [UInt8]) throws(SyntaxError) {
        let result: Result<YAMLNode?, SyntaxError> = source.withUnsafeBufferPointer { bytes in
            do throws(SyntaxError) {
                var parser = YAMLParser(bytes: bytes, isASCII: try TextCheck.check(bytes))
                return .success(try parser.document())
            } catch {
                return .failure(error)
            }
        }
        self.root = try result.get()
        self.source = source
    }

    /// The data of the document, `.null` when it is empty; computed at each call.
    package var value: Value { root?.value ?? .null }

    /// Gives the node that `path` leads to from the top.
    package func node(at path: [YAMLStep]) -> YAMLNode? {
        path.reduce(root) { $0?.child($1) }
    }

    /// Gives the line of what `path` leads to, or of the deepest part of it that exists; for a mapping's entry the
    /// line of its key. It is nil in an empty document.
    package func line(of path: [YAMLStep]) -> Int? {
        guard var node = root else { return nil }
        var line = node.line
        for step in path {
            guard let child = node.child(step) else { break }
            line = node.keyLine(step) ?? child.line
            node = child
        }
        return line
    }
}

extension YAMLNode {
    func child(_ step: YAMLStep) -> YAMLNode? {
        switch step {
        case .key(let key): return self[key]
        case .index(let index):
            guard case .sequence(let items, _) = kind, items.indices.contains(index) else { return nil }
            return items[index]
        }
    }

    fileprivate func keyLine(_ step: YAMLStep) -> Int? {
        guard case .key(let key) = step, case .mapping(let entries, _) = kind else { return nil }
        return entries.first { $0.key.key == key }?.key.line
    }
}
