import OrderedCollections
import Values
import YAML

/// Puts variables into values, and notes which keys of files were used.
struct TemplateResolver {
    let context: TemplateContext
    let options: TemplateOptions
    /// Whether expressions are taken as they are, their syntax having been checked before.
    var isChecked = false
    /// The used keys of each file.
    private(set) var used: OrderedDictionary<String, OrderedSet<String>> = [:]

    init(_ context: TemplateContext, options: TemplateOptions) {
        self.context = context
        self.options = options
    }

    /// The value with all its strings and keys resolved.
    ///
    /// The `key` is that of the stage whose value this is; without one, containers may take any place.
    mutating func resolve(_ value: Value, key: String?) throws(TemplateError) -> Value {
        switch value {
        case .string(let text): return try resolve(text, key: key)
        case .list(let elements):
            var resolved: [Value] = []
            for (index, element) in elements.enumerated() {
                do {
                    resolved.append(try resolve(element, key: key))
                } catch {
                    throw error.within(.index(index))
                }
            }
            return .list(resolved)
        case .map(let map):
            var resolved: Value.Map = [:]
            for (name, element) in map {
                do {
                    resolved[try resolve(name, key: key)] = try resolve(element, key: key)
                } catch {
                    throw error.within(.key(name))
                }
            }
            return .map(resolved)
        default: return value
        }
    }

    /// The value as nodes, in which variables keep their origins.
    mutating func resolveNode(_ value: Value) throws(TemplateError) -> ContextNode {
        let here = ContextNode.Origin()
        switch value {
        case .string(let text):
            guard let expression = TemplateText(text).wholeExpression else {
                return ContextNode(try resolve(text, key: nil), origin: here)
            }
            return try node(expression)
        case .list(let elements):
            var nodes: [ContextNode] = []
            for (index, element) in elements.enumerated() {
                do {
                    nodes.append(try resolveNode(element))
                } catch {
                    throw error.within(.index(index))
                }
            }
            return ContextNode(content: .list(nodes), origin: here)
        case .map(let map):
            var nodes: OrderedDictionary<String, ContextNode> = [:]
            for (name, element) in map {
                do {
                    nodes[try resolve(name, key: nil).text] = try resolveNode(element)
                } catch {
                    throw error.within(.key(name))
                }
            }
            return ContextNode(content: .map(nodes), origin: here)
        default: return ContextNode(value, origin: here)
        }
    }

    /// The text that a value stands for inside of other text.
    func text(of value: Value) throws(TemplateError) -> String {
        switch value {
        case .bool(let flag): flag ? "true" : "false"
        case .map(let map): try CommandFlags(options: options).text(of: map)
        default: value.pythonText
        }
    }

    /// Checks the syntax of all expressions in a value.
    static func check(_ value: Value) throws(TemplateError) {
        switch value {
        case .string(let text):
            for expression in TemplateText(text).expressions {
                _ = try TemplateExpression(expression)
            }
        case .list(let elements):
            for (index, element) in elements.enumerated() {
                do { try check(element) } catch { throw error.within(.index(index)) }
            }
        case .map(let map):
            for (name, element) in map {
                do {
                    try check(.string(name.text))
                    try check(element)
                } catch {
                    throw error.within(.key(name))
                }
            }
        default: break
        }
    }

    /// Whether any string of a value has an expression.
    static func hasExpressions(_ value: Value) -> Bool {
        switch value {
        case .string(let text): TemplateText(text).hasExpressions
        case .list(let elements): elements.contains(where: hasExpressions)
        case .map(let map): map.contains { TemplateText($0.key.text).hasExpressions || hasExpressions($0.value) }
        default: false
        }
    }

    private mutating func resolve(_ name: Value.Key, key: String?) throws(TemplateError) -> Value.Key {
        guard name.isString, name.text.utf8.contains(UInt8(ascii: "$")) else { return name }
        switch try resolve(name.text, key: key) {
        case .string(let text): return Value.Key(text)
        case let other: return Value.Key(try text(of: other))
        }
    }

    private mutating func resolve(_ source: String, key: String?) throws(TemplateError) -> Value {
        guard source.utf8.contains(UInt8(ascii: "$")) else { return .string(source) }
        let template = TemplateText(source)
        if let expression = template.wholeExpression {
            return try value(expression, key: key)
        }
        var result = ""
        for part in template.parts {
            switch part {
            case .text(let text): result += text
            case .expression(let expression): result += try text(of: value(expression, key: key))
            }
        }
        return .string(TemplateText.unescaped(result))
    }

    private mutating func value(_ expression: String, key: String?) throws(TemplateError) -> Value {
        let value = try node(expression).value
        let isAllowed = key == nil || (value.list == nil && value.map == nil) || (value.map != nil && key == "cmd")
        guard isAllowed else {
            throw TemplateError(
                kind: .expression,
                message: "Cannot interpolate data of type '\(value.pythonType)'"
            )
        }
        return value
    }

    private mutating func node(_ expression: String) throws(TemplateError) -> ContextNode {
        let node = try context.node(
            isChecked ? TemplateExpression(unchecked: expression) : TemplateExpression(expression)
        )
        if node.origin.isFile, let source = node.origin.source {
            if case .map = node.content { return node }
            used[source, default: []].append(node.origin.path)
        }
        return node
    }
}
