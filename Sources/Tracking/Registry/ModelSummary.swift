import OrderedCollections
package import Tables
package import Values

/// What is known of a model over all its versions.
package struct ModelSummary: Sendable {
    /// With the folder of its `dvc.yaml`.
    package let name: String
    package var type: String?
    /// Relative to the top of the repository; nil when no `dvc.yaml` declares it now.
    package var path: String?
    package var description: String?
    package var labels: [String] = []
    package var meta: Value?
    package var isRegistered = false
    package var isDeprecated = false
    package var latest: String?
    package var versionCount = 0
    /// Stages with the version that each has, in the order of their columns.
    package var stages: [(stage: String, version: String)] = []

    package init(name: String) {
        self.name = name
    }

    /// The fields that stay the same whatever version is meant.
    package var fields: Value.Map {
        var fields: Value.Map = ["name": .string(name)]
        fields["type"] = type.map { .string($0) } ?? .null
        fields["path"] = path.map { .string($0) } ?? .null
        fields["desc"] = description.map { .string($0) } ?? .null
        fields["labels"] = .list(labels.map { .string($0) })
        fields["meta"] = meta ?? .null
        fields["registered"] = .bool(isRegistered)
        fields["deprecated"] = .bool(isDeprecated)
        fields["latest"] = latest.map { .string($0) } ?? .null
        fields["stages"] = .map(stages.reduce(into: [:]) { $0[Value.Key($1.stage)] = .string($1.version) })
        return fields
    }
}

/// The models of a project, as `model list` shows them.
package struct ModelList: Sendable {
    package let models: [ModelSummary]
    /// The columns.
    package let stages: [String]

    package init(models: [ModelSummary], stages: [String]) {
        self.models = models
        self.stages = stages
    }

    package var json: Value {
        .list(
            models.map { model in
                var fields = model.fields
                fields["versions"] = .int(model.versionCount)
                return .map(fields)
            }
        )
    }

    package func text(_ style: Table.Style = .plain) -> String {
        let rows = models.map { model in
            [model.name + (model.isDeprecated ? " (deprecated)" : ""), model.type ?? "-", model.latest ?? "-"]
                + stages.map { stage in
                    model.stages.first { $0.stage == stage }.map { ModelVersionDetails.short($0.version) } ?? "-"
                }
                + [model.path ?? "-"]
        }
        if rows.isEmpty, style == .plain { return "" }
        let headers = ["Name", "Type", "Latest"] + stages.map { "#" + $0 } + ["Path"]
        return Table(headers: headers, rows: rows).text(style)
    }
}
