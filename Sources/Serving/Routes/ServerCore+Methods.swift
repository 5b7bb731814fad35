import Inference
import NIOCore

extension ServerCore {
    /// `POST` to a method of a Python model.
    func call(_ exchange: Exchange, _ service: Service, _ method: String) throws(HTTPFailure) {
        guard let calls = service.calls else { throw HTTPFailure(404, "the service has no methods") }
        let arguments = try CallArguments(exchange.request)
        exchange.rows = 1
        exchange.wait {}
        calls.call(method, arguments, deadline: exchange.modelDeadline) { result in
            exchange.onLoop { exchange in
                switch result {
                case .success(let answer): exchange.finish(HTTPResponse(answer))
                case .failure(let error): exchange.finish(HTTPFailure(error))
                }
            }
        }
    }
}

extension CallArguments {
    /// The arguments in a request: JSON, the parts of a form, or a file that is the whole body.
    fileprivate init(_ request: HTTPRequest) throws(HTTPFailure) {
        let type = request.fields.mediaType
        if type == "multipart/form-data" {
            let contentType = request.fields.contentType
            let parts = try request.body.reading { (bytes: UnsafeRawBufferPointer) throws(HTTPFailure) in
                try MultipartForm(bytes, contentType: contentType).parts.map { part in
                    Part(
                        name: part.name,
                        contentType: part.contentType,
                        fileName: part.fileName,
                        bytes: Array(bytes[part.bytes])
                    )
                }
            }
            self.init(parts: parts)
            return
        }
        let body = Array(request.body.readableBytesView)
        switch type {
        case "", "application/json", "text/json", "text/plain", "application/x-www-form-urlencoded":
            self.init(json: body)
        case _ where type.hasSuffix("+json"): self.init(json: body)
        default: self.init(parts: [Part(name: "", contentType: type, fileName: nil, bytes: body)])
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
