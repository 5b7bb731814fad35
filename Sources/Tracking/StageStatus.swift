/// What changed in a stage or `.dvc` file, as `status` tells.
package struct StageStatus: Sendable, Hashable {
    /// How a dependency or output changed.
    package enum State: Sendable, Hashable {
        /// A word: `modified`, `deleted`, `new`, `not in cache`, `update available`, …
        case word(String)
        /// The changed keys of a parameters file, each with a word.
        case keys([Changed])
    }

    /// A changed key of a parameters file.
    package struct Changed: Sendable, Hashable {
        package var key: String
        package var word: String

        /// Creates a changed key.
        package init(key: String, word: String) {
            self.key = key
            self.word = word
        }
    }

    /// A changed dependency or output.
    package struct Item: Sendable, Hashable {
        package var path: String
        package var state: State

        /// Creates a changed dependency or output.
        package init(path: String, state: State) {
            self.path = path
            self.state = state
        }
    }

    /// A change of the stage.
    package enum Change: Sendable, Hashable {
        case dependencies([Item])
        case outputs([Item])
        case command
        case always
        /// The checksum of the metafile itself.
        case checksum
    }

    /// The address of the stage, such as `train` or `data.dvc`.
    package var stage: String
    package var changes: [Change]

    /// Creates the status of a stage.
    package init(stage: String, changes: [Change]) {
        self.stage = stage
        self.changes = changes
    }
}
