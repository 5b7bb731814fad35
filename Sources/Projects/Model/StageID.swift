import Basics

/// Names one stage of a project: a `.dvc` file, or a stage in a `dvc.yaml`.
package struct StageID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The absolute path of the `.dvc` file or `dvc.yaml`.
    package let metafile: String
    /// The stage's name, with `@key` when it comes from `foreach` or `matrix`; nil for a `.dvc` file.
    package let name: String?

    package init(metafile: String, name: String?) {
        self.metafile = metafile
        self.name = name
    }

    /// The name a user in `directory` types: `train`, `sub/dvc.yaml:train`, `data.dvc`.
    package func address(from directory: String) -> String {
        let path = Paths.relative(metafile, to: directory)
        guard let name else { return path }
        return path == "dvc.yaml" ? name : "\(path):\(name)"
    }

    package var description: String { name.map { "\(metafile):\($0)" } ?? metafile }

    package static func < (left: StageID, right: StageID) -> Bool {
        (left.metafile, left.name ?? "") < (right.metafile, right.name ?? "")
    }
}
