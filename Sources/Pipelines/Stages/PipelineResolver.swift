import OrderedCollections
import Values
import YAML

/// Puts variables into the sections of a `dvc.yaml` whose shape has been checked.
struct PipelineResolver {
    let root: Value.Map
    let options: TemplateOptions
    let context: TemplateContext
    var faults: [PipelineDiagnostic] = []
    private(set) var warnings: [String] = []

    init(
        _ root: Value.Map,
        path: String,
        options: TemplateOptions,
        loader: @escaping TemplateContext.Loader
    ) throws(PipelineDiagnostic) {
        let variables = root["vars"]?.list ?? []
        if TemplateResolver.hasExpressions(.list(variables)) {
            throw PipelineDiagnostic(
                path: [.key("vars")],
                subject: "'vars'",
                message: "interpolating is not allowed"
            )
        }
        let folder = RelativePath.folder(of: path)
        var context = TemplateContext(display: { RelativePath.join(folder, $0) }, loader: loader)
        do {
            try PipelineResolver.loadDefault(into: &context, loader: loader)
            try context.load(variables, folder: "", stage: nil)
        } catch {
            throw error.diagnostic(at: [.key("vars")], subject: "'vars'")
        }
        self.root = root
        self.options = options
        self.context = context
    }

    /// Loads `params.yaml` if there is one.
    private static func loadDefault(
        into context: inout TemplateContext,
        loader: TemplateContext.Loader
    ) throws(TemplateError) {
        do {
            _ = try loader(ParameterDependency.defaultFile)
        } catch {
            if error == .missing { return }
        }
        try context.load(file: ParameterDependency.defaultFile, folder: "")
    }

    /// The stages in the order of the file, groups expanded in place.
    mutating func entries() -> [PipelineFile.Entry] {
        (root["stages"]?.map ?? [:]).flatMap { key, value in
            let name = key.text
            guard let map = value.map else { return [PipelineFile.Entry]() }
            let path: [YAMLStep] = [.key("stages"), .key(key)]
            if map["foreach"] != nil {
                return group(name, map, path: path)
            }
            if map["matrix"] != nil {
                return matrix(name, map, path: path)
            }
            let source = StageDefinition.Source(name: name, group: nil, path: path, keysPath: path, raw: map)
            return [entry(source, context: context, isChecked: false)]
        }
    }

    private mutating func group(_ name: String, _ map: Value.Map, path: [YAMLStep]) -> [PipelineFile.Entry] {
        let template = map["do"]?.map ?? [:]
        return expand(name, kind: "foreach", map["foreach"] ?? .null, template, path, [.key("do")]) {
            (node, fault) throws(PipelineDiagnostic) in try StageGroup(foreach: node, fault: fault)
        }
    }

    private mutating func matrix(_ name: String, _ map: Value.Map, path: [YAMLStep]) -> [PipelineFile.Entry] {
        var template = map
        let data = template.removeValue(forKey: "matrix") ?? .null
        return expand(name, kind: "matrix", data, template, path, []) {
            (node, fault) throws(PipelineDiagnostic) in try StageGroup(matrix: node, fault: fault)
        }
    }

    /// Makes the stages of a group from its template; a fault of the group stands for all of them.
    private mutating func expand(
        _ name: String,
        kind: String,
        _ data: Value,
        _ template: Value.Map,
        _ path: [YAMLStep],
        _ inner: [YAMLStep],
        makeGroup: (ContextNode, (String) -> PipelineDiagnostic) throws(PipelineDiagnostic) -> StageGroup
    ) -> [PipelineFile.Entry] {
        let dataPath = path + [.key(Value.Key(kind))]
        let group: StageGroup
        do {
            let node = try located(dataPath, "'stages.\(name).\(kind)'") { () throws(TemplateError) in
                var resolver = TemplateResolver(context, options: options)
                return try resolver.resolveNode(data)
            }
            group = try makeGroup(node) { message in
                PipelineDiagnostic(
                    path: dataPath,
                    subject: "'stages.\(name).\(kind)'",
                    message: message,
                    isOfResolution: true
                )
            }
            if !group.elements.isEmpty {
                try check(template, name: name, path: path + inner)
            }
        } catch {
            return [PipelineFile.Entry(name: name, definition: .failure(error), usedVariables: [:])]
        }
        warnIfHiding(group, name: name)
        return group.elements.map { key, nodes in
            let source = StageDefinition.Source(
                name: "\(name)@\(key)",
                group: name,
                path: path,
                keysPath: path + inner,
                raw: template
            )
            return entry(source, context: context.adding(nodes), isChecked: true)
        }
    }

    private mutating func warnIfHiding(_ group: StageGroup, name: String) {
        let hidden = (group.elements.values.first ?? []).map(\.name).filter { context.root[$0] != nil }
        guard !hidden.isEmpty else { return }
        warnings.append(
            "\(hidden.joined(separator: " and ")) \(hidden.count == 1 ? "is" : "are") already specified, "
                + "will be overwritten for stages generated from '\(name)'"
        )
    }

    private func entry(
        _ source: StageDefinition.Source,
        context: TemplateContext,
        isChecked: Bool
    ) -> PipelineFile.Entry {
        do {
            if !isChecked {
                try check(source.raw, name: source.name, path: source.keysPath)
            }
            var resolver = TemplateResolver(try stageContext(source, context), options: options)
            resolver.isChecked = isChecked
            var resolved: Value.Map = [:]
            for (key, value) in source.raw where key != "vars" {
                let path = source.keysPath + [.key(key)]
                resolved[key] = try located(path, "'stages.\(source.name).\(key)'") { () throws(TemplateError) in
                    try resolver.resolve(value, key: key.text)
                }
            }
            let definition = try StageDefinition(resolved: resolved, source: source, options: options)
            return PipelineFile.Entry(
                name: source.name,
                definition: .success(definition),
                usedVariables: resolver.used
            )
        } catch {
            return PipelineFile.Entry(name: source.name, definition: .failure(error), usedVariables: [:])
        }
    }

    /// The variables of a stage: those of the file and its own, whose files are relative to its working directory.
    private func stageContext(
        _ source: StageDefinition.Source,
        _ context: TemplateContext
    ) throws(PipelineDiagnostic) -> TemplateContext {
        // Resolved here and once more with the other keys, so that a fault in it is the first to be named.
        let folder = try located(source.keysPath + [.key("wdir")], "'stages.\(source.name).wdir'") {
            () throws(TemplateError) in
            var resolver = TemplateResolver(context, options: options)
            return try resolver.text(of: resolver.resolve(source.raw["wdir"] ?? .string(""), key: nil))
        }
        let variables = source.raw["vars"]?.list ?? []
        guard !variables.isEmpty else { return context }
        let path = source.keysPath + [.key("vars")]
        if TemplateResolver.hasExpressions(.list(variables)) {
            throw PipelineDiagnostic(
                path: path,
                subject: "'stages.\(source.name).vars'",
                message: "interpolating is not allowed"
            )
        }
        var extended = context
        do {
            try extended.load(variables, folder: folder, stage: source.name)
        } catch {
            let isOfVariables = error.kind == .alreadyLoaded
            throw error.diagnostic(
                at: path,
                subject: isOfVariables ? "'stages.\(source.name).vars'" : "stage '\(source.name)'"
            )
        }
        return extended
    }

    private func check(_ map: Value.Map, name: String, path: [YAMLStep]) throws(PipelineDiagnostic) {
        for (key, value) in map {
            try located(path + [.key(key)], "'stages.\(name).\(key)'") { () throws(TemplateError) in
                try TemplateResolver.check(value)
            }
        }
    }

    private func located<Result>(
        _ path: [YAMLStep],
        _ subject: String,
        _ body: () throws(TemplateError) -> Result
    ) throws(PipelineDiagnostic) -> Result {
        do {
            return try body()
        } catch {
            throw error.diagnostic(at: path, subject: subject)
        }
    }
}
