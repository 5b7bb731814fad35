import NIOCore
import NIOHTTP1

extension HTTPClient {
    /// Asks a server to change to another protocol (RFC 9110, 7.8); all but its consent is an error.
    package func upgrade(_ request: HTTPRequest, to name: String) async throws(TransportError) -> UpgradedStream {
        let origin = request.address.origin
        var request = request
        request.headers.replaceOrAdd(name: "connection", value: "upgrade")
        request.headers.replaceOrAdd(name: "upgrade", value: name)
        let connection = try await connect(to: origin)
        let changed = connection.eventLoop.makePromise(of: Endpoint<StreamExchange>.self)
        connection.endpoint.execute { exchange in
            exchange.onUpgrade { context in
                changed.completeWith(Result { try Self.changeHandlers(context, origin) })
            }
        }
        do throws(TransportError) {
            let response = try await connection.send(request) { connection.close() }
            guard response.status == 101,
                response.headers[canonicalForm: "upgrade"].first?.lowercased() == name.lowercased()
            else {
                let text = (try? await response.collect(upTo: 4096)).map { String(buffer: $0) } ?? ""
                throw .refused(origin, status: response.status, text)
            }
            let endpoint = try await origin.value(
                cancel: { connection.close() },
                body: {
                    try await changed.futureResult.get()
                }
            )
            return UpgradedStream(origin, response.headers, endpoint)
        } catch {
            changed.fail(error)
            connection.close()
            throw error
        }
    }

    private static func changeHandlers(
        _ context: ChannelHandlerContext,
        _ origin: Origin
    ) throws -> Endpoint<StreamExchange> {
        let pipeline = context.pipeline.syncOperations
        let stream = StreamExchange(origin, context.eventLoop)
        try pipeline.addHandler(stream)
        let endpoint = Endpoint(channel: context.channel, handler: NIOLoopBound(stream, eventLoop: context.eventLoop))
        let encoder = try pipeline.context(name: HTTPConnection.encoder)
        let decoder = try pipeline.context(name: HTTPConnection.decoder)
        // The decoder last: it hands on what came behind the answer.
        pipeline.removeHandler(context: context, promise: nil)
        pipeline.removeHandler(context: encoder, promise: nil)
        pipeline.removeHandler(context: decoder, promise: nil)
        return endpoint
    }
}
