import Basics
package import Pipelines

extension Project {
    /// What `dag` draws.
    package struct DiagramOptions: Sendable {
        /// Outputs instead of stages.
        package var showsOutputs = false
        /// All that is connected with the target, not only what it depends on.
        package var isFull = false
        /// One node for each `foreach` or `matrix` group.
        package var collapsesGroups = false

        package init(showsOutputs: Bool = false, isFull: Bool = false, collapsesGroups: Bool = false) {
            self.showsOutputs = showsOutputs
            self.isFull = isFull
            self.collapsesGroups = collapsesGroups
        }
    }

    /// The graph of the stages, or the part of it that concerns a target.
    package func diagram(of target: String?, _ options: DiagramOptions = DiagramOptions()) throws -> DiagramGraph {
        if options.showsOutputs, options.collapsesGroups { throw DiagramError.outputsOfGroups }
        let index = try collect()
        let wanted = try target.map { try select([$0], in: index) } ?? []
        let graph = try graph(of: index)
        let labels = try wanted.flatMap { selection in
            let stage = index.stages[selection.position]
            if !options.showsOutputs { return [stage.id.address(from: environment.workingDirectory)] }
            guard let path = selection.filter else { return graph.nodes[selection.position].outputs.map(\.label) }
            // DVC takes the letters of the output's path for outputs.
            let label = shown(path)
            if label.unicodeScalars.count != 1 { throw DiagramError.outputAsTarget(label) }
            return [label]
        }
        let diagram = (options.showsOutputs ? try graph.outputDiagram() : graph.diagram)
            .restricted(to: labels, full: options.isFull)
        return options.collapsesGroups ? diagram.collapsingGroups() : diagram
    }
}

/// What cannot be drawn.
package enum DiagramError: HintedError, Hashable, CustomStringConvertible {
    case outputsOfGroups
    case outputAsTarget(String)

    package var description: String {
        switch self {
        case .outputsOfGroups: "`--outs` and `--collapse-foreach-matrix` are mutually exclusive"
        case .outputAsTarget(let path): "with `--outs` the target must be a stage, not the output '\(path)'"
        }
    }

    package var hint: String? {
        switch self {
        case .outputsOfGroups: "groups are made of stages: leave '--outs' out"
        case .outputAsTarget: "name the stage or .dvc file of the output instead"
        }
    }
}
