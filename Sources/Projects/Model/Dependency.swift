package import Metafiles

/// Something that a stage reads.
package struct Dependency: Sendable {
    package enum Kind: Sendable, Hashable {
        /// A file or directory by its absolute path.
        case path
        /// Keys of a parameter file; no keys mean the whole file.
        case parameters(keys: [String])
        /// A file of another DVC or Git repository (`dvc import`).
        case repository
        /// A file at a URL (`dvc import-url`, external dependencies).
        case remote
        /// A data set declared in `dvc.yaml`.
        case dataset
    }

    package let kind: Kind
    /// Absolute and normalized for a local one; otherwise as stated.
    package let path: String
    package let definedPath: String
    /// What `dvc.lock` or the `.dvc` file records; parameters have no entry of their own.
    package var entry: Entry

    package var recorded: RecordedContent? { entry.content }

    package var isParameters: Bool {
        if case .parameters = kind { return true }
        return false
    }
}
