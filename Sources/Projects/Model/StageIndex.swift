import Basics
package import Pipelines

/// All stages of a project at one time: those of its `.dvc` files and of its pipelines.
package struct StageIndex: Sendable {
    /// In the order of the walk through the project: the files of a directory by name, then its directories.
    package var stages: [Stage] = []
    package var pipelines: [PipelineDocument] = []

    package init() {}

    /// The positions of the stages of one metafile.
    package func positions(inFile path: String) -> [Int] {
        stages.indices.filter { stages[$0].id.metafile == path }
    }

    package func position(of id: StageID) -> Int? { stages.firstIndex { $0.id == id } }

    package func pipeline(at path: String) -> PipelineDocument? { pipelines.first { $0.path == path } }

    /// Connects the stages; paths and addresses in its errors are relative to `directory`.
    package func graph(from directory: String) throws(StageGraphError) -> StageGraph {
        try StageGraph(
            stages.map { stage in
                StageNode(
                    address: stage.id.address(from: directory),
                    file: stage.id.metafile,
                    outputs: stage.outputs.map {
                        StageNode.Output(
                            path: $0.path,
                            label: $0.isInProject ? Paths.relative($0.path, to: directory) : $0.path
                        )
                    },
                    dependencies: stage.dependencies.filter { $0.kind != .elsewhere }.map(\.path),
                    isFrozen: stage.isFrozen
                )
            }
        )
    }
}
