import ArgumentParser
import Pipelines
import Projects

/// Draws the graph of the stages.
struct Dag: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255

    static let configuration = CommandConfiguration(
        commandName: "dag",
        abstract: "Draw the graph of the stages.",
        discussion: "Example: apus dag --mermaid train"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(help: "Write the DOT language of Graphviz.") var dot = false
    @Flag(help: "Write a Mermaid flowchart.") var mermaid = false
    @Flag(name: .customLong("md"), help: "Write a Mermaid flowchart in a Markdown block.") var markdown = false
    @Flag(help: "Draw the stages of each foreach or matrix group as one.") var collapseForeachMatrix = false
    @Flag(help: "Draw all that is connected with the target, not only what it depends on.") var full = false
    @Flag(name: .shortAndLong, help: "Draw outputs instead of stages.") var outs = false
    @Argument(help: "A stage or output; all of them unless named.", completion: .targets) var target: String?

    func run() throws {
        let project = try options.openProject()
        let drawing = Project.DiagramOptions(
            showsOutputs: outs,
            isFull: full,
            collapsesGroups: collapseForeachMatrix
        )
        let graph = try project.diagram(of: target, drawing)
        let text = dot ? graph.dot : markdown ? graph.markdown : mermaid ? graph.mermaid : graph.boxes
        let answer = text + "\n"
        if dot || mermaid || markdown { Console.write(answer) } else { Console.page(answer) }
    }
}
