import Basics
package import Metafiles
package import Pipelines
package import YAML

/// A `dvc.yaml` of the project, with its lock file.
package struct PipelineDocument: Sendable {
    /// Absolute.
    package let path: String
    /// The text of the file.
    package let document: YAMLDocument
    /// What it defines, variables put in.
    package let file: PipelineFile
    package let lock: LockFile

    /// The absolute path of the `dvc.lock` that belongs to a `dvc.yaml`.
    package static func lockPath(of path: String) -> String { Paths.join(Paths.parent(path), "dvc.lock") }

    package var lockPath: String { Self.lockPath(of: path) }
    /// The absolute path of the folder it is in.
    package var folder: String { Paths.parent(path) }

    /// A fault of the file as the user can look it up; `name` is the file for the user.
    static func diagnostic(_ fault: PipelineDiagnostic, in document: YAMLDocument, name: String) -> Diagnostic {
        Diagnostic(file: name, line: document.line(of: fault.path), message: fault.text(file: name), hint: fault.hint)
    }
}
