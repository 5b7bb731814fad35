import Inference
import NIOCore

extension ServerCore {
    /// `POST` to a method of a Python model.
    func call(
        _ exchange: Exchange,
        _ service: Service,
        _ method: String,
        _ loopState: LoopState
    ) throws(HTTPFailure) {
        guard let calls = service.calls else { throw HTTPFailure(404, "the service has no methods") }
        exchange.prediction?.method = method
        if let batch = calls.batches[method], MethodBody.isJSON(exchange.request.fields.mediaType),
            let inputs = batch.tensors(exchange.request.body)
        {
            return service.run(inputs, on: batch.batcher, exchange, loopState) { _, values in batch.response(values) }
        }
        if let timeout = service.timeout, timeout > .zero { exchange.limit(to: timeout.nanoseconds) }
        let body = try MethodBody(exchange.request)
        if let record = exchange.prediction { record.inputs = body.logged }
        exchange.rows = 1
        exchange.wait {}
        calls.call(method, body.arguments, deadline: exchange.modelDeadline) { result in
            exchange.onLoop { exchange in
                switch result {
                case .success(let answer):
                    exchange.prediction?.outputs = .body(answer.body, type: answer.contentType)
                    exchange.finish(HTTPResponse(answer))
                case .failure(let error): exchange.finish(HTTPFailure(error))
                }
            }
        }
    }
}

/// What a method is called with: JSON, the parts of a form, or a file that is the whole body.
private enum MethodBody {
    case json([UInt8])
    case parts([CallArguments.Part])

    init(_ request: HTTPRequest) throws(HTTPFailure) {
        let type = request.fields.mediaType
        if type == "multipart/form-data" {
            let contentType = request.fields.contentType
            self = .parts(
                try request.body.reading { (bytes: UnsafeRawBufferPointer) throws(HTTPFailure) in
                    try MultipartForm(bytes, contentType: contentType).parts.map { part in
                        CallArguments.Part(
                            name: part.name,
                            contentType: part.contentType,
                            fileName: part.fileName,
                            bytes: Array(bytes[part.bytes])
                        )
                    }
                }
            )
            return
        }
        let body = Array(request.body.readableBytesView)
        self =
            Self.isJSON(type)
            ? .json(body) : .parts([CallArguments.Part(name: "", contentType: type, fileName: nil, bytes: body)])
    }

    static func isJSON(_ type: String) -> Bool {
        switch type {
        case "", "application/json", "text/json", "text/plain", "application/x-www-form-urlencoded": true
        default: type.hasSuffix("+json")
        }
    }

    var arguments: CallArguments {
        switch self {
        case .json(let bytes): CallArguments(json: bytes)
        case .parts(let parts): CallArguments(parts: parts)
        }
    }

    var logged: PredictionRecord.Content<NamedTensor> {
        switch self {
        case .json(let bytes): .body(bytes, type: "application/json")
        case .parts(let parts): .parts(parts)
        }
    }
}

extension HTTPResponse {
    fileprivate init(_ answer: CallAnswer) {
        let type: StaticString =
            switch answer.contentType {
            case "application/json": "application/json"
            case "image/png": "image/png"
            case "image/jpeg": "image/jpeg"
            case "text/html": "text/html; charset=utf-8"
            case "text/csv": "text/csv; charset=utf-8"
            case _ where answer.contentType.hasPrefix("text/"): "text/plain; charset=utf-8"
            default: "application/octet-stream"
            }
        self.init(status: answer.status, contentType: type, body: ByteBuffer(bytes: answer.body))
    }
}
