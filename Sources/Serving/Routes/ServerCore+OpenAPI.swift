import Inference
import OrderedCollections
import Values

extension ServerCore {
    /// The description of the routes, made from the models' signatures.
    var openAPI: Value {
        var paths: Value.Map = [:]
        for (index, service) in table.services.enumerated() {
            for (path, operation) in service.methodOperations ?? [("/predict", service.predictOperation)] {
                if index == 0 { paths[Value.Key(path)] = operation }
                paths[Value.Key("/\(service.name)\(path)")] = operation
            }
            if service.signature.inputs.isEmpty { continue }
            paths[Value.Key("/v2/models/\(service.name)/infer")] = service.inferOperation
            paths[Value.Key("/v2/models/\(service.name)")] = Self.reading("What the model takes and gives.")
        }
        let others: [(String, String)] = [
            ("/livez", "Whether the server runs."), ("/readyz", "Whether requests can be answered."),
            ("/metrics", "Figures for Prometheus."), ("/v2", "What the server is."),
        ]
        for (path, text) in others { paths[Value.Key(path)] = Self.reading(text) }
        return .map([
            "openapi": .string("3.1.0"),
            "info": .map(["title": .string(table.serverName), "version": .string(table.serverVersion)]),
            "paths": .map(paths),
            "components": .map([
                "schemas": .map([
                    "Error": .map([
                        "type": .string("object"), "required": .list([.string("error")]),
                        "properties": .map(["error": .map(["type": .string("string")])]),
                    ])
                ])
            ]),
        ])
    }

    private static func reading(_ summary: String) -> Value {
        .map([
            "get": .map([
                "summary": .string(summary),
                "responses": .map(["200": .map(["description": .string("As asked for.")])]),
            ])
        ])
    }
}

extension Service {
    var predictOperation: Value {
        let form = currentForm
        if !form.inputs.isEmpty || form.output != nil { return operation(form) }
        return Self.operation("Ask \(name).", tensorBody, tensorAnswer)
    }

    /// The inputs of the model by name.
    var tensorBody: Value {
        var properties: Value.Map = [:]
        for input in signature.inputs {
            properties[Value.Key(input.name)] = Self.schema(input.dataType, input.shape[...])
        }
        return .map([
            "type": .string("object"), "properties": .map(properties),
            "required": .list(signature.inputs.map { .string($0.name) }),
        ])
    }

    var tensorAnswer: Value {
        var answers: Value.Map = [:]
        for output in signature.outputs {
            if case .tensor(let type, let shape) = output.kind {
                answers[Value.Key(output.name)] = Self.schema(type, shape[...])
            } else {
                answers[Value.Key(output.name)] = .map([:])
            }
        }
        return .map(["type": .string("object"), "properties": .map(answers)])
    }

    fileprivate var inferOperation: Value {
        let object: Value = .map(["type": .string("object")])
        return Self.operation("Ask \(name) by the Open Inference Protocol v2.", object, object)
    }

    private static func operation(_ summary: String, _ body: Value, _ answer: Value) -> Value {
        operation(summary, bodies: ["application/json": .map(["schema": body])], answer)
    }

    /// An operation whose body may have several media types.
    static func operation(_ summary: String, bodies: Value.Map, _ answer: Value) -> Value {
        func content(_ schema: Value) -> Value { .map(["application/json": .map(["schema": schema])]) }
        let error: Value = .map(["$ref": .string("#/components/schemas/Error")])
        return .map([
            "post": .map([
                "summary": .string(summary),
                "requestBody": .map(["required": .bool(true), "content": .map(bodies)]),
                "responses": .map([
                    "200": .map(["description": .string("The answer."), "content": content(answer)]),
                    "default": .map(["description": .string("What is wrong."), "content": content(error)]),
                ]),
            ])
        ])
    }

    /// Nested arrays as JSON Schema.
    static func schema(_ type: DataType, _ shape: ArraySlice<Int?>) -> Value {
        guard let extent = shape.first else {
            switch type {
            case .bool: return .map(["type": .string("boolean")])
            case .string: return .map(["type": .string("string")])
            case .float16, .float32, .float64, .bfloat16: return .map(["type": .string("number")])
            default: return .map(["type": .string("integer")])
            }
        }
        var array: Value.Map = ["type": .string("array"), "items": schema(type, shape.dropFirst())]
        if let extent {
            array["minItems"] = .int(extent)
            array["maxItems"] = .int(extent)
        }
        return .map(array)
    }
}
