import OrderedCollections
import Values
import YAML

/// The variables that expressions may name.
struct TemplateContext {
    typealias Loader = (String) throws(VariableFileError) -> Value

    /// Turns a path relative to the folder of `dvc.yaml` into one for messages.
    let display: (String) -> String
    let loader: Loader
    private(set) var root: OrderedDictionary<String, ContextNode> = [:]
    /// The loaded files, each with the keys taken from it; no keys mean all.
    private var imports: [String: [String]] = [:]
    /// The names that a group gives to its stages.
    private var reserved: [String] = []

    init(display: @escaping (String) -> String, loader: @escaping Loader) {
        self.display = display
        self.loader = loader
    }

    /// Loads the files and adds the mappings of a `vars` section.
    ///
    /// File names are relative to `folder`, which is itself relative to the folder of `dvc.yaml`.
    mutating func load(_ variables: [Value], folder: String, stage: String?) throws(TemplateError) {
        for (index, item) in variables.enumerated() {
            do {
                switch item {
                case .string(let name): try load(file: name, folder: folder)
                default:
                    let source = (stage.map { "\($0)." } ?? "") + "vars[\(index)]"
                    let node = ContextNode(item, origin: ContextNode.Origin(source: source))
                    try merge(node, file: nil)
                }
            } catch {
                throw TemplateError(kind: error.kind, message: error.message, path: [.index(index)])
            }
        }
    }

    /// Loads a file, or some of its keys: `params.yaml:train,test`.
    mutating func load(file item: String, folder: String) throws(TemplateError) {
        let parts = item.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let path = RelativePath.join(folder, String(parts.first ?? ""))
        let keys = parts.count < 2 ? [] : parts[1].split(separator: ",").map(String.init)
        if let loaded = imports[path] {
            if keys.isEmpty, loaded.isEmpty { return }
            try checkReload(of: item, loaded: loaded, keys: keys)
        }
        let shown = display(path)
        var map = try read(path, shown)
        if !keys.isEmpty {
            map = try TemplateContext.select(keys, of: map, shown)
        }
        try merge(ContextNode(.map(map), origin: ContextNode.Origin(source: path, isFile: true)), file: item)
        imports[path, default: []] += keys
    }

    /// The variable that an expression names.
    func node(_ expression: TemplateExpression) throws(TemplateError) -> ContextNode {
        var found: ContextNode?
        for (index, word) in expression.words.enumerated() {
            found = index == 0 ? root[word] : found?.child(word)
        }
        guard let found else {
            throw TemplateError(kind: .unknownVariable, message: "Could not find '\(expression.text)'")
        }
        return found
    }

    /// The same variables with some more, whose names become reserved.
    func adding(_ nodes: [(name: String, node: ContextNode)]) -> TemplateContext {
        var copy = self
        for (name, node) in nodes {
            copy.root[name] = node
            copy.reserved.append(name)
        }
        return copy
    }

    private func checkReload(of item: String, loaded: [String], keys: [String]) throws(TemplateError) {
        if loaded.isEmpty {
            throw TemplateError(
                kind: .alreadyLoaded,
                message: "cannot partially load '\(item)' as it's already loaded."
            )
        }
        if keys.isEmpty || !Set(keys).isDisjoint(with: loaded) {
            throw TemplateError(
                kind: .alreadyLoaded,
                message: "cannot load '\(item)' as it's partially loaded already"
            )
        }
    }

    private func read(_ path: String, _ shown: String) throws(TemplateError) -> Value.Map {
        let value: Value
        do {
            value = try loader(path)
        } catch {
            switch error {
            case .missing: throw TemplateError(kind: .variables, message: "'\(shown)' does not exist")
            case .directory: throw TemplateError(kind: .variables, message: "'\(shown)' is a directory")
            case .unreadable(let reason): throw TemplateError(kind: .variables, message: reason)
            }
        }
        guard let map = value.map else {
            throw TemplateError(
                kind: .variables,
                message: "expected a dictionary, got '\(value.pythonType)' in file '\(shown)'"
            )
        }
        return map
    }

    private static func select(_ keys: [String], of map: Value.Map, _ shown: String) throws(TemplateError) -> Value.Map
    {
        var selected: Value.Map = [:]
        for key in keys {
            guard let value = map[Value.Key(key)] else {
                throw TemplateError(kind: .variables, message: "could not find '\(key)' in '\(shown)'")
            }
            selected[Value.Key(key)] = value
        }
        return selected
    }

    private mutating func merge(_ node: ContextNode, file: String?) throws(TemplateError) {
        guard case .map(let new) = node.content else { return }
        let clashing = reserved.filter { new[$0] != nil }
        guard clashing.isEmpty else {
            throw TemplateError(
                kind: .variables,
                message: "attempted to modify reserved \(clashing.count > 1 ? "keys" : "key") "
                    + clashing.joined(separator: " and ") + (file.map { " in '\($0)'" } ?? "")
            )
        }
        var merged = root
        try merge(new, into: &merged)
        root = merged
    }

    /// Mappings are merged; anything else must not be defined twice.
    private func merge(
        _ new: OrderedDictionary<String, ContextNode>,
        into old: inout OrderedDictionary<String, ContextNode>
    ) throws(TemplateError) {
        for (key, node) in new {
            guard let existing = old[key] else {
                old[key] = node
                continue
            }
            guard case .map(var inner) = existing.content, case .map(let update) = node.content else {
                throw TemplateError(
                    kind: .conflict,
                    message: "cannot redefine '\(node.origin.path)' from '\(name(of: node.origin))'"
                        + " as it already exists in '\(name(of: existing.origin))'"
                )
            }
            try merge(update, into: &inner)
            old[key] = ContextNode(content: .map(inner), origin: existing.origin)
        }
    }

    private func name(of origin: ContextNode.Origin) -> String {
        let source = origin.source ?? ""
        return origin.isFile ? display(source) : source
    }
}
