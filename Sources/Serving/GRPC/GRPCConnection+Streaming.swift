import Inference
import NIOCore
import NIOHTTP2

/// `ModelStreamInfer`: requests of one call are answered in turn, each with an answer or an error.
extension GRPCConnection {
    /// Answers messages that are there, one after another.
    func advance(_ stream: GRPCStream) {
        guard stream.state == .receiving, stream.exchange?.isAdvancing == false else { return }
        // Answers that come at once continue this loop; they do not start another within it.
        stream.exchange?.isAdvancing = true
        defer { stream.exchange?.isAdvancing = false }
        do throws(GRPCStatus) {
            while stream.exchange?.isBusy == false, stream.state == .receiving {
                guard let message = try stream.assembly.next() else { break }
                try hold(stream.assembly.byteCount + message.readableBytes - stream.held, for: stream)
                start(stream, message)
            }
            try waitForMore(stream)
        } catch {
            fail(stream, error)
        }
    }

    private func start(_ stream: GRPCStream, _ message: ByteBuffer) {
        guard let eventLoop = context?.eventLoop, let exchange = stream.exchange else { return }
        let limit = core.settings.requestTimeout
        let deadline = exchange.isLimited ? stream.deadline : Deadline(.now + .nanoseconds(limit.nanoseconds))
        if !exchange.isLimited {
            stream.expiry = .now() + limit
            watch(stream.expiry)
        }
        stream.exchange?.isBusy = true
        do throws(GRPCStatus) {
            let pending = try shared.service.inference(message, deadline: deadline)
            let bound = NIOLoopBound((self, stream), eventLoop: eventLoop)
            note(pending, stream)
            let call = shared.service.provider.infer(pending.request, on: eventLoop) { result in
                let (connection, stream) = bound.value
                connection.reply(stream, pending, result)
            }
            if stream.exchange?.isBusy == true { stream.inference = call }
        } catch {
            reply(stream, nil, .failure(.invalidInput(error.message)))
        }
    }

    private func reply(
        _ stream: GRPCStream,
        _ pending: PendingInference?,
        _ result: Result<ProviderResponse, InferenceError>
    ) {
        stream.inference = nil
        guard stream.state == .receiving, streams[stream.id] === stream, stream.exchange?.isBusy == true else { return }
        stream.exchange?.isBusy = false
        release(stream, keeping: stream.assembly.byteCount)
        log(result, of: stream)
        var writer = ProtobufWriter(ByteBuffer(repeating: 0, count: 5))
        do throws(InferenceError) {
            let reply = try InferReply(response: result.get(), id: pending?.id ?? "", isRaw: pending?.isRaw ?? true)
            writer.message(2) { reply.write(to: &$0) }
        } catch {
            writer.write(error.description, 1)
            if let id = pending?.id, !id.isEmpty { writer.message(2) { $0.write(id, 3) } }
        }
        do throws(GRPCStatus) {
            let message = try frame(writer.buffer, stream)
            if stream.exchange?.hasReplied == false { writeHeaders(stream) }
            stream.exchange?.hasReplied = true
            write(stream.id, .data(.init(data: .byteBuffer(message))))
            advance(stream)
        } catch {
            fail(stream, error)
        }
    }

    /// Lets the client send more when all that came is answered, or ends the call after the last answer.
    private func waitForMore(_ stream: GRPCStream) throws(GRPCStatus) {
        guard let exchange = stream.exchange, !exchange.isBusy, stream.state == .receiving else { return }
        if exchange.hasClientEnded {
            guard stream.assembly.byteCount == 0 else {
                throw GRPCStatus(.invalidArgument, "the last message of the call is not complete")
            }
            if !exchange.hasReplied { writeHeaders(stream) }
            return end(stream)
        }
        if !exchange.isLimited { stream.expiry = .now() + .hours(1) }
        stream.exchange?.withheld = 0
        if exchange.withheld > 0 { write(stream.id, .windowUpdate(windowSizeIncrement: exchange.withheld)) }
    }
}
