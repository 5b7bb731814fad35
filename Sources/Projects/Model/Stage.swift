import Basics
package import Metafiles

/// A node of the project: a `.dvc` file with what it holds under version control.
package struct Stage: Sendable {
    package let id: StageID
    /// Absolute.
    package let workingDirectory: String
    package var dataFile: DataFile
    package var outputs: [Output]

    /// Reads the stage from its file's content; `root` is the project's.
    package init(id: StageID, dataFile: DataFile, root: String) {
        self.id = id
        self.dataFile = dataFile
        let directory = Paths.absolute(dataFile.workingDirectory, from: Paths.parent(id.metafile))
        workingDirectory = directory
        outputs = dataFile.outputs.map { Output(entry: $0, directory: directory, root: root) }
    }

    package var isFrozen: Bool { dataFile.isFrozen }
    package var isImport: Bool { dataFile.isImport }

    /// The outputs that hold `path`; all of them without one.
    package func outputs(holding path: String?) -> [Output] {
        guard let path else { return outputs }
        return outputs.filter { Paths.isSameOrInside(path, $0.path) }
    }
}
