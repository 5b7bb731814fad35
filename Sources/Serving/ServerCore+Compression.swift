import Compression
import NIOCore

extension ServerCore {
    /// Compresses what is worth it, for who asks for it.
    func compress(_ response: inout HTTPResponse, _ request: HTTPRequest) {
        // Below this the line is quicker than the work.
        guard response.body.readableBytes >= 16_384, !request.fields.acceptEncoding.isEmpty else { return }
        let wanted = request.fields.acceptEncoding.lowercased().split(separator: ",")
        let names = wanted.map { $0.filter { $0 != " " }.split(separator: ";") }
            .filter { $0.count < 2 || $0[1] != "q=0" }.compactMap(\.first)
        guard let name = names.first(where: { $0 == "gzip" || $0 == "deflate" }) else { return }
        let format: CompressionFormat = name == "gzip" ? .gzip : .zlib
        let bytes = Array(response.body.readableBytesView)
        guard let packed = try? format.compress(bytes, level: 1), packed.count < bytes.count else { return }
        response.body = ByteBuffer(bytes: packed)
        response.headers.append(("content-encoding", String(name)))
        response.headers.append(("vary", "accept-encoding"))
    }

    /// Undoes the compression of a request's body.
    func decompress(_ exchange: Exchange) throws(HTTPFailure) {
        let format: CompressionFormat
        switch exchange.request.fields.contentEncoding.lowercased() {
        case "", "identity": return
        case "gzip", "x-gzip": format = .gzip
        case "deflate": format = .zlib
        default:
            throw HTTPFailure(
                415,
                "bodies can be plain, gzip or deflate",
                headers: ["accept-encoding": "gzip, deflate"]
            )
        }
        let isTooMuch: Bool
        do throws(CompressionError) {
            let bytes = Array(exchange.request.body.readableBytesView)
            exchange.request.body = ByteBuffer(bytes: try format.decompress(bytes, limit: settings.maxBodySize))
            let more = exchange.request.body.readableBytes - bytes.count
            isTooMuch = more > 0 && !exchange.hold(more)
        } catch {
            if case .tooLarge = error { throw tooLarge }
            throw HTTPFailure(400, "the compressed body is damaged: \(error)")
        }
        if isTooMuch { throw tooMuch }
    }
}
