import Inference
import OrderedCollections
import Values

extension Service {
    /// The operation of a service whose requests or answers are described: images and rows in, predictions out.
    func operation(_ form: ServiceForm) -> Value {
        let answer = form.output == nil ? tensorAnswer : Self.predictions
        var bodies: Value.Map = [:]
        if form.image != nil {
            bodies["multipart/form-data"] = .map([
                "schema": form.object { transform in
                    switch transform.kind {
                    case .image: Self.image(["format": .string("binary")])
                    case .columns(let columns): columns.rows
                    }
                }
            ])
            if form.inputs.count == 1 { bodies["image/*"] = .map([:]) }
        }
        bodies["application/json"] = .map(["schema": jsonBody(form)])
        return Self.operation("Ask \(name).", bodies: bodies, answer)
    }

    private func jsonBody(_ form: ServiceForm) -> Value {
        if form.inputs.isEmpty { return tensorBody }
        if form.inputs.count == 1, case .columns(let columns)? = form.inputs.first?.kind { return columns.rows }
        return form.object { transform in
            switch transform.kind {
            case .image: Self.image(["contentEncoding": .string("base64")])
            case .columns(let columns): columns.rows
            }
        }
    }

    private static func image(_ encoding: Value.Map) -> Value {
        var schema: Value.Map = ["type": .string("string")]
        schema.merge(encoding) { first, _ in first }
        schema["contentMediaType"] = .string("image/*")
        return .map(schema)
    }

    private static var predictions: Value {
        let number: Value = .map(["type": .string("number")])
        return .map([
            "type": .string("object"),
            "properties": .map([
                "prediction": .map([:]),
                "probabilities": .map(["type": .string("object"), "additionalProperties": number]),
            ]),
        ])
    }
}

extension ServiceForm {
    /// An object with all fields of a request.
    fileprivate func object(_ schema: (InputTransform) -> Value) -> Value {
        .map([
            "type": .string("object"),
            "properties": .map(Value.Map(inputs.map { (Value.Key($0.name), schema($0)) }) { first, _ in first }),
            "required": .list(inputs.map { .string($0.name) }),
        ])
    }
}

extension ColumnTransform {
    /// One row or a list of them.
    fileprivate var rows: Value {
        let properties = columns.map { (Value.Key($0.name), Service.schema($0.type, [])) }
        let row: Value = .map([
            "type": .string("object"), "properties": .map(Value.Map(properties) { first, _ in first }),
            "required": .list(columns.map { .string($0.name) }),
        ])
        return .map(["oneOf": .list([row, .map(["type": .string("array"), "items": row])])])
    }
}
