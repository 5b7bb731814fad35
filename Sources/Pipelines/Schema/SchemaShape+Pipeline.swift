extension SchemaShape {
    /// A whole `dvc.yaml`.
    static let pipelineFile = SchemaShape.mapping([
        "artifacts": .dictionary(artifact),
        "datasets": .any,
        "metrics": .list(.string),
        "params": .list(.string),
        "plots": .list(
            .oneOf(
                [.string, .dictionary(.oneOf([plot, .null], expected: "a mapping"))],
                expected: "a string or a mapping"
            )
        ),
        "stages": .dictionary(.choice(stage, group, ifAnyOf: ["foreach", "do"])),
        "vars": variables,
    ])

    private static let variables = SchemaShape.list(
        .oneOf([.string, .anyMapping], expected: "a file name or a mapping")
    )

    private static let annotations: [String: SchemaShape] = [
        "desc": .string, "type": .string, "labels": .list(.string), "meta": .any,
    ]

    private static let artifact = SchemaShape.mapping(
        annotations.merging(["path": .string]) { first, _ in first },
        required: ["path"]
    )

    private static let outputProperties = annotations.merging([
        "cache": .boolean, "persist": .boolean, "checkpoint": .boolean, "remote": .string, "push": .boolean,
    ]) { first, _ in first }

    private static let plotProperties = outputProperties.merging([
        "template": .string, "x": .string, "y": .string, "x_label": .string, "y_label": .string, "title": .string,
        "header": .boolean,
    ]) { first, _ in first }

    private static let plot = SchemaShape.mapping([
        "x": .oneOf([.string, .dictionary(.string)], expected: "a field or a mapping of files to fields"),
        "y": .oneOf([fields, .dictionary(fields)], expected: "fields or a mapping of files to fields"),
        "x_label": .string, "y_label": .string, "title": .string, "template": .string,
    ])

    private static let fields = SchemaShape.oneOf([.string, .list(.string)], expected: "a field or a list of fields")

    private static let group = SchemaShape.mapping(
        [
            "foreach": .oneOf([.anyMapping, .anyList, .string], expected: "a list or a mapping"),
            "do": stage,
        ],
        required: ["foreach", "do"]
    )

    private static func outputs(_ properties: SchemaShape) -> SchemaShape {
        .list(.oneOf([.string, .dictionary(properties)], expected: "a path or a mapping of paths to properties"))
    }

    private static var stage: SchemaShape {
        .mapping(
            [
                "matrix": .dictionary(.oneOf([.string, .anyList], expected: "a list")),
                "cmd": .oneOf([.string, .anyList], expected: "a command or a list of commands"),
                "wdir": .string,
                "deps": .list(.string),
                "params": .list(.oneOf([.string, .anyMapping], expected: "a key or a mapping of files to keys")),
                "vars": variables,
                "frozen": .boolean,
                "meta": .any,
                "desc": .string,
                "always_changed": .boolean,
                "outs": outputs(.mapping(outputProperties)),
                "metrics": outputs(.mapping(outputProperties)),
                "plots": outputs(
                    .oneOf(
                        [.mapping(plotProperties), .list(.mapping(plotProperties))],
                        expected: "a mapping of properties"
                    )
                ),
            ],
            required: ["cmd"]
        )
    }
}
