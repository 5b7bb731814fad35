import Inference
import OrderedCollections
import Values

extension Service {
    /// What can be asked of a Python class below its name; nil for other models.
    var methodOperations: [(path: String, Value)]? {
        guard let methods = calls?.callable.methods else { return nil }
        var operations = methods.map { ("/\($0.name)", Self.operation($0, of: name)) }
        if methods.contains(where: { $0.name == "predict" }) { return operations }
        if methods.count == 1 {
            operations.append(("/predict", operations[0].1))
        } else if !signature.inputs.isEmpty {
            operations.append(("/predict", predictOperation))
        }
        return operations
    }

    private static func operation(_ method: CallableMethod, of name: String) -> Value {
        func content(_ type: String, _ schema: Value) -> Value.Map { [Value.Key(type): .map(["schema": schema])] }
        var request = content("application/json", method.requestSchema)
        if method.parameters.contains(where: { $0.kind != .json }) {
            request["multipart/form-data"] = .map(["schema": form(method)])
        }
        let summary = method.description.prefix { $0 != "\n" }
        var post: Value.Map = [
            "summary": .string(summary.isEmpty ? "Call \(method.name) of \(name)." : String(summary))
        ]
        if summary.count < method.description.count { post["description"] = .string(method.description) }
        post["requestBody"] = .map(["required": .bool(true), "content": .map(request)])
        let error: Value = .map(["$ref": .string("#/components/schemas/Error")])
        post["responses"] = .map([
            "200": .map([
                "description": .string("The answer."),
                "content": .map(content(method.responseType, method.responseSchema)),
            ]),
            "default": .map([
                "description": .string("What is wrong."), "content": .map(content("application/json", error)),
            ]),
        ])
        return .map(["post": .map(post)])
    }

    /// A form whose files are parts.
    private static func form(_ method: CallableMethod) -> Value {
        var properties: Value.Map = [:]
        for parameter in method.parameters {
            var file: Value.Map = ["type": .string("string"), "format": .string("binary")]
            if parameter.kind == .image { file["contentMediaType"] = .string("image/*") }
            properties[Value.Key(parameter.name)] = parameter.kind == .json ? parameter.schema : .map(file)
        }
        return .map([
            "type": .string("object"), "properties": .map(properties),
            "required": .list(method.parameters.filter(\.isRequired).map { .string($0.name) }),
        ])
    }
}
