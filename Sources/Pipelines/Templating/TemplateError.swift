import YAML

/// A fault met while variables are put into a text.
struct TemplateError: Error {
    enum Kind {
        /// An expression that cannot be read, or a value that cannot stand there.
        case expression
        /// A variable that does not exist.
        case unknownVariable
        /// A variable that is defined twice.
        case conflict
        /// A file that is loaded twice.
        case alreadyLoaded
        /// Any other trouble with files of variables.
        case variables
    }

    let kind: Kind
    let message: String
    /// Where, from the value that was to be resolved.
    var path: [YAMLStep] = []

    /// Whether the fault belongs to the value being resolved and not to the variables at hand.
    var isOfValue: Bool { kind == .expression || kind == .unknownVariable }

    var startsOnOwnLine: Bool { kind == .expression || kind == .conflict || kind == .alreadyLoaded }

    private var hint: String? {
        switch kind {
        case .expression:
            "write ${name}, ${name.key} or ${name[0]}; a text in which \\${name} stands keeps it as ${name}"
        case .unknownVariable: "define it in params.yaml or under 'vars'"
        case .conflict: "a variable has one value: rename one of them, or take one out"
        case .alreadyLoaded: "name each file and key once"
        case .variables: nil
        }
    }

    /// The same fault seen from one level further out.
    func within(_ step: YAMLStep) -> TemplateError {
        TemplateError(kind: kind, message: message, path: [step] + path)
    }

    func diagnostic(at start: [YAMLStep], subject: String) -> PipelineDiagnostic {
        PipelineDiagnostic(
            path: start + path,
            subject: subject,
            message: message,
            hint: hint,
            startsOnOwnLine: startsOnOwnLine
        )
    }
}
