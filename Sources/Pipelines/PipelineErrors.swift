/// All faults of a `dvc.yaml` that keep it from being used at all.
package struct PipelineErrors: Error, Sendable, Hashable {
    /// The file as named by the caller.
    package let path: String
    package let diagnostics: [PipelineDiagnostic]

    package init(path: String, diagnostics: [PipelineDiagnostic]) {
        self.path = path
        self.diagnostics = diagnostics
    }
}
