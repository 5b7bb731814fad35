import Basics
import Inference
import NIOCore
import Values

extension Service {
    /// Reads a request to `/predict` by its media type.
    func call(_ request: HTTPRequest) throws(HTTPFailure) -> PredictCall {
        let form = currentForm
        let type = request.fields.mediaType
        return try request.body.reading { (bytes: UnsafeRawBufferPointer) throws(HTTPFailure) in
            switch type {
            case "multipart/form-data":
                return try call(MultipartForm(bytes, contentType: request.fields.contentType), bytes, form)
            case "application/octet-stream": return try call(file: bytes, form)
            case _ where type.hasPrefix("image/") && form.image != nil: return try call(file: bytes, form)
            case "", "application/json", "text/json", "text/plain", "application/x-www-form-urlencoded":
                // The last is what curl says when it is not told otherwise.
                return try call(json: bytes, form)
            case _ where type.hasSuffix("+json"): return try call(json: bytes, form)
            default:
                throw HTTPFailure(415, "bodies are application/json, multipart/form-data or a file, not '\(type)'")
            }
        }
    }

    private func call(json bytes: UnsafeRawBufferPointer, _ form: ServiceForm) throws(HTTPFailure) -> PredictCall {
        var cursor = JSONCursor(bytes)
        if form.inputs.isEmpty { return PredictCall(inputs: try tensors(&cursor)) }
        let value = try Self.value(bytes)
        if form.inputs.count == 1, let input = form.inputs.first, case .columns(let columns) = input.kind {
            // The rows alone, or under the field's name.
            let rows =
                columns.columns.contains { $0.name == input.name } ? value : value[Value.Key(input.name)] ?? value
            return try call(rows: rows, columns, input)
        }
        var inputs: [NamedTensor] = []
        var isSingle = false
        for input in form.inputs {
            guard let field = value[Value.Key(input.name)] else {
                throw HTTPFailure(
                    400,
                    "the field '\(input.name)' is missing\(form.image != nil ? "; images are sent as multipart/form-data" : "")"
                )
            }
            switch input.kind {
            case .columns(let columns):
                let call = try call(rows: field, columns, input)
                inputs += call.inputs
                isSingle = isSingle || call.isSingle
            case .image(let image):
                let texts = field.list ?? [field]
                var files: [[UInt8]] = []
                for text in texts {
                    guard let text = text.string, let file = Base64.decode(text) else {
                        throw HTTPFailure(400, "the image '\(input.name)' is neither a part of a form nor base64 text")
                    }
                    files.append(file)
                }
                isSingle = isSingle || field.list == nil
                inputs.append(try tensor(files, image, input))
            }
        }
        return PredictCall(inputs: inputs, isSingle: isSingle)
    }

    private func call(
        rows: Value,
        _ columns: ColumnTransform,
        _ input: InputTransform
    ) throws(HTTPFailure) -> PredictCall {
        do throws(InferenceError) {
            let name = columns.isTogether ? try input.tensorName(in: signature) : input.name
            return PredictCall(inputs: try columns.tensors(rows: rows, named: name), isSingle: rows.map != nil)
        } catch {
            throw HTTPFailure(error)
        }
    }

    private func tensor(
        _ files: [[UInt8]],
        _ image: ImageTransform,
        _ input: InputTransform
    ) throws(HTTPFailure) -> NamedTensor {
        do throws(InferenceError) {
            return NamedTensor(try input.tensorName(in: signature), try image.tensor(images: files))
        } catch {
            throw HTTPFailure(error)
        }
    }

    /// A body that is a file: the image, or the bytes of the only input.
    private func call(file bytes: UnsafeRawBufferPointer, _ form: ServiceForm) throws(HTTPFailure) -> PredictCall {
        if let (image, input) = form.image {
            guard form.inputs.count == 1 else {
                throw HTTPFailure(400, "the service has several fields, so they must be sent as multipart/form-data")
            }
            do throws(InferenceError) {
                let name = try input.tensorName(in: signature)
                return PredictCall(inputs: [NamedTensor(name, try image.tensor(image: bytes))], isSingle: true)
            } catch {
                throw HTTPFailure(error)
            }
        }
        guard form.inputs.isEmpty, let input = signature.onlyInput else {
            throw HTTPFailure(415, "the service takes no files")
        }
        do throws(JSONProblem) {
            return PredictCall(inputs: [NamedTensor(input.name, try InferCall.raw(bytes, for: input))])
        } catch {
            throw HTTPFailure(400, error.message)
        }
    }

    private func call(
        _ multipart: MultipartForm,
        _ bytes: UnsafeRawBufferPointer,
        _ form: ServiceForm
    ) throws(HTTPFailure) -> PredictCall {
        var inputs: [NamedTensor] = []
        var isSingle = false
        for input in form.inputs {
            let parts = multipart.parts.filter { $0.name == input.name || $0.name == input.name + "[]" }
            guard !parts.isEmpty else {
                let names = multipart.parts.map(\.name).joined(separator: ", ")
                throw HTTPFailure(400, "the form has no part '\(input.name)'; it has: \(names)")
            }
            switch input.kind {
            case .image(let image):
                isSingle = isSingle || parts.count == 1
                if parts.count == 1, let part = parts.first {
                    do throws(InferenceError) {
                        let file = UnsafeRawBufferPointer(rebasing: bytes[part.bytes])
                        inputs.append(NamedTensor(try input.tensorName(in: signature), try image.tensor(image: file)))
                    } catch {
                        throw HTTPFailure(error)
                    }
                } else {
                    inputs.append(try tensor(parts.map { Array(bytes[$0.bytes]) }, image, input))
                }
            case .columns(let columns):
                guard let part = parts.first else { continue }
                let value = try Self.value(UnsafeRawBufferPointer(rebasing: bytes[part.bytes]))
                let call = try call(rows: value, columns, input)
                inputs += call.inputs
                isSingle = isSingle || call.isSingle
            }
        }
        if form.inputs.isEmpty { inputs = try tensors(multipart, bytes) }
        return PredictCall(inputs: inputs, isSingle: isSingle)
    }

    /// The parts as JSON arrays, or as raw bytes when they are files.
    private func tensors(
        _ multipart: MultipartForm,
        _ bytes: UnsafeRawBufferPointer
    ) throws(HTTPFailure) -> [NamedTensor] {
        let signature = signature
        var tensors: [NamedTensor] = []
        for part in multipart.parts {
            guard let input = signature.inputs.first(where: { $0.name == part.name }) ?? signature.onlyInput else {
                throw HTTPFailure(400, "the model has no input '\(part.name)'; it has: \(inputNames)")
            }
            let content = UnsafeRawBufferPointer(rebasing: bytes[part.bytes])
            do throws(JSONProblem) {
                if part.contentType == "application/octet-stream" {
                    tensors.append(NamedTensor(input.name, try InferCall.raw(content, for: input)))
                } else {
                    var cursor = JSONCursor(content)
                    tensors.append(NamedTensor(input.name, try tensor(input, &cursor)))
                    try cursor.expectEnd()
                }
            } catch {
                throw HTTPFailure(error)
            }
        }
        return tensors
    }

    static func value(_ bytes: UnsafeRawBufferPointer) throws(HTTPFailure) -> Value {
        // The cursor knows no recursion, so what is too deep is found before anything recurses.
        var cursor = JSONCursor(bytes)
        do throws(JSONProblem) {
            try cursor.skip()
            try cursor.expectEnd()
        } catch {
            throw HTTPFailure(error)
        }
        do {
            return try Value(json: Array(bytes))
        } catch {
            throw HTTPFailure(400, "\(error)")
        }
    }

    /// The answer to a request to `/predict`.
    func answer(_ values: [NamedValue], _ call: PredictCall) throws(HTTPFailure) -> HTTPResponse {
        guard let transform = currentForm.output else {
            var output = JSONOutput(ByteBuffer())
            output.object(values)
            return HTTPResponse(body: output.buffer)
        }
        var bytes: [UInt8] = []
        do throws(InferenceError) {
            let predictions = try transform.predictions(of: values)
            if call.isSingle, predictions.count == 1 {
                predictions[0].write(json: &bytes)
            } else {
                bytes.append(UInt8(ascii: "["))
                for (index, prediction) in predictions.enumerated() {
                    if index > 0 { bytes.append(UInt8(ascii: ",")) }
                    prediction.write(json: &bytes)
                }
                bytes.append(UInt8(ascii: "]"))
            }
        } catch {
            throw HTTPFailure(error)
        }
        return HTTPResponse(body: ByteBuffer(bytes: bytes))
    }
}
