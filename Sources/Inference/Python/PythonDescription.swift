import OrderedCollections
import Values

/// What a worker tells about the user's class when it has loaded it.
struct PythonDescription: Sendable, Hashable {
    struct Method: Sendable, Hashable {
        let callable: CallableMethod
        /// Nil unless arrays are all that the method takes and gives.
        let signature: ModelSignature?
    }

    let version: String
    let methods: [Method]

    /// Reads the first frame's header; nil when it is not one.
    init?(_ header: Value) {
        guard let version = header["python"]?.string, let list = header["methods"]?.list else { return nil }
        self.version = version
        methods = list.compactMap(Method.init)
        if methods.count != list.count { return nil }
    }

    subscript(name: String) -> Method? {
        methods.first { $0.callable.name == name }
    }
}

extension PythonDescription.Method {
    fileprivate init?(_ value: Value) {
        guard let name = value["name"]?.string, let list = value["parameters"]?.list else { return nil }
        let parameters = list.compactMap(CallableMethod.Parameter.init)
        guard parameters.count == list.count else { return nil }
        callable = CallableMethod(
            name: name,
            description: value["description"]?.string ?? "",
            parameters: parameters,
            isRoot: value["root"]?.bool ?? false,
            requestSchema: value["request"] ?? .map([:]),
            responseSchema: value["response"] ?? .map([:]),
            responseType: value["type"]?.string ?? "application/json",
            isBatchable: value["batchable"]?.bool ?? false,
            answerForm: value["form"]?.string.flatMap(CallableMethod.AnswerForm.init(rawValue:)) ?? .record
        )
        signature = ModelSignature(inputs: value["inputs"], outputs: value["outputs"])
    }
}

extension CallableMethod.Parameter {
    fileprivate init?(_ value: Value) {
        guard let name = value["name"]?.string, let kind = value["kind"]?.string.flatMap(Kind.init(rawValue:)) else {
            return nil
        }
        self.name = name
        self.kind = kind
        isRequired = value["required"]?.bool ?? true
        schema = value["schema"] ?? .map([:])
    }
}

extension ModelSignature {
    fileprivate init?(inputs: Value?, outputs: Value?) {
        guard let inputs = inputs?.list, let outputs = outputs?.list else { return nil }
        let takes = inputs.compactMap(Self.tensor).map { Input(name: $0.name, dataType: $0.type, shape: $0.shape) }
        let gives = outputs.compactMap(Self.tensor).map {
            Output(name: $0.name, kind: .tensor($0.type, shape: $0.shape))
        }
        guard takes.count == inputs.count, gives.count == outputs.count else { return nil }
        self.init(platform: "python", inputs: takes, outputs: gives)
    }

    private static func tensor(_ value: Value) -> (name: String, type: DataType, shape: [Int?])? {
        guard let name = value["name"]?.string, let shape = value["shape"]?.list,
            let type = value["datatype"]?.string.flatMap(DataType.init(rawValue:))
        else { return nil }
        return (name, type, shape.map(\.int))
    }
}
