package import Values

/// A model whose methods take and give JSON and files, besides what tensors can say.
package protocol MethodCallable: AnyObject, Sendable {
    /// In the order of the class.
    var methods: [CallableMethod] { get }

    /// A method that takes and gives tensors only, as a model whose end is not that of the workers; nil for another.
    func tensorModel(for method: String?) -> (any Model)?

    /// The method that requests of tensors are for which name none.
    var tensorMethod: String? { get }

    /// How many calls may run at the same time; more callers wait, first come first served.
    var concurrency: Int { get }

    /// Whether a call would find a worker.
    var isReady: Bool { get }

    /// Runs a method; blocks the calling thread.
    ///
    /// When `deadline` passes the caller is free, but the method goes on up to the model's own limit.
    func call(
        _ method: String,
        _ arguments: CallArguments,
        deadline: Deadline?
    ) throws(InferenceError) -> CallAnswer

    /// Ends the workers; no call may be running or follow.
    func close()
}

/// What can be called, and how.
package struct CallableMethod: Sendable, Hashable {
    package struct Parameter: Sendable, Hashable {
        package enum Kind: String, Sendable {
            case json
            case file
            case image
        }

        package let name: String
        /// How a part of a form is taken; files and images can be base64 in JSON too.
        package let kind: Kind
        package let isRequired: Bool
        package let schema: Value
    }

    package let name: String
    package let description: String
    package let parameters: [Parameter]
    /// Whether the body as a whole is the one argument.
    package let isRoot: Bool
    /// JSON Schema of the body.
    package let requestSchema: Value
    /// JSON Schema of the answer.
    package let responseSchema: Value
    /// The media type of the answer.
    package let responseType: String
    package let isBatchable: Bool
    package let answerForm: AnswerForm

    /// How tensors make up the answer.
    package enum AnswerForm: String, Sendable {
        /// The only one is the answer.
        case value
        case list
        /// By their names.
        case record
    }
}

/// The arguments of a call as they came.
package struct CallArguments: Sendable {
    package struct Part: Sendable {
        /// The parameter; empty for a body that is the only file.
        package let name: String
        package let contentType: String?
        package let fileName: String?
        package let bytes: [UInt8]

        package init(name: String, contentType: String?, fileName: String?, bytes: [UInt8]) {
            self.name = name
            self.contentType = contentType
            self.fileName = fileName
            self.bytes = bytes
        }
    }

    enum Form: Sendable {
        case json([UInt8])
        case parts([Part])
    }

    let form: Form

    /// A body of JSON; nil or empty for none.
    package init(json: [UInt8]?) { form = .json(json ?? []) }

    /// The parts of a form.
    package init(parts: [Part]) { form = .parts(parts) }
}

/// What a method answered.
package struct CallAnswer: Sendable, Hashable {
    /// 200, or what the user's exception asks for.
    package let status: Int
    package let contentType: String
    package let body: [UInt8]

    package init(status: Int, contentType: String, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}
