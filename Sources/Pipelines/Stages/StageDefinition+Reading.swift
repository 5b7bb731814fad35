import OrderedCollections
import Values
import YAML

extension StageDefinition {
    /// What a definition was made of.
    struct Source {
        let name: String
        let group: String?
        /// Where the stage stands in the file.
        let path: [YAMLStep]
        /// Where its keys stand.
        let keysPath: [YAMLStep]
        /// The stage as written.
        let raw: Value.Map
    }

    /// Reads a definition whose variables have been put in and whose shape has been checked before that.
    init(resolved map: Value.Map, source: Source, options: TemplateOptions) throws(PipelineDiagnostic) {
        let reader = StageReader(map: map, source: source, options: options)
        let commands = try reader.commands()
        self.init(
            name: source.name,
            command: commands,
            commandIsList: map["cmd"]?.list != nil,
            workingDirectory: reader.text("wdir"),
            dependencies: map["deps"]?.list?.map(reader.text) ?? [],
            parameters: try reader.parameters(),
            outputs: try reader.outputs("outs", .data) + reader.outputs("metrics", .metric)
                + reader.outputs("plots", .plot),
            isFrozen: map["frozen"]?.bool ?? false,
            isAlwaysChanged: map["always_changed"]?.bool ?? false,
            description: reader.text("desc"),
            meta: map["meta"],
            group: source.group,
            diagnosticPath: source.path,
            isParametrized: map != source.raw
        )
    }
}
