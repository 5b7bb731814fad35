import Basics

/// A set of stages that cannot form a graph.
package enum StageGraphError: HintedError, Sendable, Hashable {
    /// Two outputs of the same path; the stages are one or two addresses.
    case duplicateOutput(output: String, stages: [String])
    /// One output lies inside another.
    case overlappingOutputs(parent: String, parentStage: String, inner: String, innerStage: String)
    /// The file that defines a stage lies inside an output.
    case stageInsideOutput(stage: String, output: String)
    /// A stage depends on itself, through the listed stages.
    case cycle(stages: [String])
}

extension StageGraphError: CustomStringConvertible {
    /// What is wrong, in DVC's words, without its advice.
    package var description: String {
        switch self {
        case .duplicateOutput(let output, let stages) where stages.count == 1:
            "output '\(output)' is already specified in stage: '\(stages[0])'."
        case .duplicateOutput(let output, let stages):
            "output '\(output)' is specified in:\n" + stages.map { "\t- \($0)" }.joined(separator: "\n")
        case .overlappingOutputs(let parent, let parentStage, let inner, let innerStage):
            "The output paths:\n'\(parent)'('\(parentStage)')\n'\(inner)'('\(innerStage)')\n"
                + "overlap and are thus in the same tracked directory."
        case .stageInsideOutput(let stage, let output):
            "stage: '\(stage)' is within an output '\(output)' of another stage"
        case .cycle(let stages):
            "Same item(s) are defined as both a dependency and an output in "
                + "\(stages.count == 1 ? "stage" : "stages"): \(stages.joined(separator: ", "))."
        }
    }

    package var hint: String? {
        switch self {
        case .duplicateOutput(_, let stages) where stages.count == 1:
            "Use `apus remove \(stages[0])` to stop tracking the overlapping output."
        case .duplicateOutput:
            "Use `apus remove` with any of the above targets to stop tracking the overlapping output."
        case .overlappingOutputs:
            "To keep reproducibility, outputs should be in separate tracked directories or tracked individually."
        case .stageInsideOutput: "move the file of the stage, or let the other stage write elsewhere"
        case .cycle: "a pipeline has a direction: let one of the stages write another file"
        }
    }
}
