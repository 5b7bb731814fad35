package import YAML

/// A fault in a `dvc.yaml`.
package struct PipelineDiagnostic: Error, Sendable, Hashable {
    /// Where in the file; the document tells the line.
    package let path: [YAMLStep]
    /// What could not be parsed, such as `'stages.train.cmd'`; nil when the message says it all.
    package let subject: String?
    package let message: String
    package let hint: String?
    /// Whether the message explains itself over several lines and starts on one of its own.
    let startsOnOwnLine: Bool
    /// Whether the subject could be parsed but stands for the wrong kind of value.
    let isOfResolution: Bool

    package init(
        path: [YAMLStep],
        subject: String? = nil,
        message: String,
        hint: String? = nil
    ) {
        self.init(path: path, subject: subject, message: message, hint: hint, isOfResolution: false)
    }

    init(
        path: [YAMLStep],
        subject: String?,
        message: String,
        hint: String? = nil,
        startsOnOwnLine: Bool = false,
        isOfResolution: Bool = false
    ) {
        self.path = path
        self.subject = subject
        self.message = message
        self.hint = hint
        self.startsOnOwnLine = startsOnOwnLine
        self.isOfResolution = isOfResolution
    }

    /// The whole complaint in DVC's words, with `file` as the name of the file.
    package func text(file: String) -> String {
        guard let subject else { return message }
        return
            "failed to \(isOfResolution ? "resolve" : "parse") \(subject) in '\(file)':\(startsOnOwnLine ? "\n" : " ")\(message)"
    }
}
