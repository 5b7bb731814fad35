import Compression
import Inference
import NIOCore
import NIOHPACK
import NIOHTTP2

extension GRPCConnection {
    /// Takes the headers that a call begins with, or its trailers.
    func open(_ id: HTTP2StreamID, _ headers: HTTP2Frame.FramePayload.Headers) {
        if let stream = streams[id] {
            if headers.endStream { receivedAll(stream) }
            return
        }
        if id > lastStream { lastStream = id }
        let head = GRPCRequestHead(headers.headers)
        if let status = head.httpRefusal {
            write(id, .headers(.init(headers: [":status": "\(status)"], endStream: true)))
            if !headers.endStream { write(id, .rstStream(.noError)) }
            return
        }
        do throws(GRPCStatus) {
            let stream = try GRPCStream(id, head, core.settings)
            guard stream.method.isOpen || core.keys.isEmpty || core.accepts(head.authorization) else {
                throw GRPCStatus(.unauthenticated, "the call needs a valid key: authorization: Bearer …")
            }
            streams[id] = stream
            watch(stream.expiry)
            if headers.endStream { receivedAll(stream) }
        } catch {
            shared.record(GRPCMethod(path: head.path), 0, error.code, since: Clock.now)
            writeFailure(id, error)
            if !headers.endStream { write(id, .rstStream(.noError)) }
        }
    }

    /// Takes a piece of a call's message.
    func receive(_ data: HTTP2Frame.FramePayload.Data, _ id: HTTP2StreamID) {
        guard case .byteBuffer(let piece) = data.data else { return }
        let stream = streams[id]
        let count = piece.readableBytes + (data.paddingBytes.map { $0 + 1 } ?? 0)
        guard let stream, stream.state == .receiving else { return giveWindow(count, nil) }
        do throws(GRPCStatus) {
            try hold(piece.readableBytes, for: stream)
            try stream.assembly.append(piece)
            if stream.exchange != nil {
                giveWindow(count, nil)
                stream.exchange?.withheld += count
                stream.exchange?.hasClientEnded = data.endStream
                return advance(stream)
            }
            giveWindow(count, data.endStream ? nil : stream)
            if data.endStream { receivedAll(stream) }
        } catch {
            giveWindow(count, nil)
            fail(stream, error)
        }
    }

    /// The client has nothing more to say.
    private func receivedAll(_ stream: GRPCStream) {
        guard stream.state == .receiving else { return }
        if stream.exchange != nil {
            stream.exchange?.hasClientEnded = true
            return advance(stream)
        }
        stream.state = .answering
        do throws(GRPCStatus) {
            let message = try stream.assembly.finish()
            try hold(message.readableBytes - stream.held, for: stream)
            if stream.method == .modelInfer {
                infer(stream, try shared.service.inference(message, deadline: stream.deadline))
            } else {
                try answer(stream) { writer throws(GRPCStatus) in
                    try shared.service.answer(stream.method, message, to: &writer)
                }
            }
        } catch {
            fail(stream, error)
        }
        stream.assembly = MessageAssembly(limit: 0, compression: nil)
    }

    private func infer(_ stream: GRPCStream, _ pending: PendingInference) {
        guard let eventLoop = context?.eventLoop else { return }
        note(pending, stream)
        let bound = NIOLoopBound((self, stream), eventLoop: eventLoop)
        let call = shared.service.provider.infer(pending.request, on: eventLoop) { result in
            let (connection, stream) = bound.value
            connection.finish(stream, pending, result)
        }
        // The answer may be there already.
        if stream.state == .answering { stream.inference = call }
    }

    private func finish(
        _ stream: GRPCStream,
        _ pending: PendingInference,
        _ result: Result<ProviderResponse, InferenceError>
    ) {
        stream.inference = nil
        guard stream.state == .answering, streams[stream.id] === stream else { return }
        do throws(GRPCStatus) {
            try answer(stream) { writer throws(GRPCStatus) in
                do throws(InferenceError) {
                    let reply = try InferReply(response: try result.get(), id: pending.id, isRaw: pending.isRaw)
                    reply.write(to: &writer)
                } catch {
                    throw GRPCStatus(error)
                }
            }
            log(result, of: stream)
        } catch {
            fail(stream, error)
        }
    }

    /// Writes an answer that a closure makes.
    private func answer(
        _ stream: GRPCStream,
        _ write: (inout ProtobufWriter) throws(GRPCStatus) -> Void
    ) throws(GRPCStatus) {
        var writer = ProtobufWriter(ByteBuffer(repeating: 0, count: 5))
        try write(&writer)
        let message = try frame(writer.buffer, stream)
        writeHeaders(stream)
        self.write(stream.id, .data(.init(data: .byteBuffer(message))))
        end(stream)
    }

    func writeHeaders(_ stream: GRPCStream) {
        var headers = Self.replyHeaders
        if let name = stream.replyCompression?.name { headers.add(name: "grpc-encoding", value: name) }
        write(stream.id, .headers(.init(headers: headers)))
    }

    /// Ends a call that has been answered.
    func end(_ stream: GRPCStream) {
        shared.record(stream.method, stream.model, .ok, since: stream.start)
        write(stream.id, .headers(.init(headers: Self.replyTrailers, endStream: true)))
        sent(stream)
    }

    /// Completes a message after whose first five bytes the content is.
    func frame(_ content: ByteBuffer, _ stream: GRPCStream) throws(GRPCStatus) -> ByteBuffer {
        var message = content
        if let format = stream.replyCompression?.format, message.readableBytes > 1024,
            let compressed = Self.compress(message, format)
        {
            message = compressed
        }
        guard let length = UInt32(exactly: message.readableBytes - 5) else {
            throw GRPCStatus(.resourceExhausted, "the answer is larger than a message can be")
        }
        message.setInteger(length, at: message.readerIndex + 1)
        return message
    }

    /// The frame with its flag set and compressed content; nil if that cannot be.
    private static func compress(_ message: ByteBuffer, _ format: CompressionFormat) -> ByteBuffer? {
        var result = ByteBuffer(bytes: [1, 0, 0, 0, 0])
        guard let deflater = try? Deflater(format, level: 1) else { return nil }
        let outcome = message.withUnsafeReadableBytes { bytes in
            Result { () throws(CompressionError) in
                let content = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(5))
                try deflater.deflate(content) { result.writeBytes($0) }
                try deflater.finish { result.writeBytes($0) }
            }
        }
        guard case .success = outcome else { return nil }
        return result
    }

    fileprivate static let replyHeaders: HPACKHeaders = [
        ":status": "200", "content-type": "application/grpc", "grpc-accept-encoding": "identity,deflate,gzip",
    ]
    private static let replyTrailers: HPACKHeaders = ["grpc-status": "0"]
}

extension GRPCConnection {
    /// Answers a call with an error and takes its request back.
    func fail(_ stream: GRPCStream, _ status: GRPCStatus) {
        stream.inference?.cancel()
        stream.inference = nil
        shared.record(stream.method, stream.model, status.code, since: stream.start)
        log(status, of: stream)
        writeFailure(stream.id, status, isFollowing: stream.exchange?.hasReplied ?? false)
        let isIncomplete = stream.state == .receiving
        sent(stream)
        // The client need not send the rest.
        if isIncomplete, stream.exchange?.hasClientEnded != true { write(stream.id, .rstStream(.noError)) }
    }

    /// Writes how a call failed, as trailers when an answer has begun already.
    private func writeFailure(_ id: HTTP2StreamID, _ status: GRPCStatus, isFollowing: Bool = false) {
        var headers = isFollowing ? HPACKHeaders() : Self.replyHeaders
        headers.add(name: "grpc-status", value: "\(status.code.rawValue)")
        headers.add(name: "grpc-message", value: status.encodedMessage)
        write(id, .headers(.init(headers: headers, endStream: true)))
    }

    /// From now on only the sending is waited for.
    fileprivate func sent(_ stream: GRPCStream) {
        stream.state = .answered
        release(stream)
        stream.expiry = .now() + core.settings.requestTimeout
    }

    /// Forgets a call that has come to its end, or that its client has given up.
    func remove(_ id: HTTP2StreamID) {
        guard let stream = streams.removeValue(forKey: id) else { return }
        release(stream)
        if stream.state != .answered {
            shared.record(stream.method, stream.model, .cancelled, since: stream.start)
            log(GRPCStatus(.cancelled, "the client has gone"), of: stream)
        }
        stream.state = .answered
        stream.inference?.cancel()
        stream.inference = nil
    }
}

extension GRPCConnection {
    /// Takes bytes for a call's messages, if all calls together may have them.
    func hold(_ count: Int, for stream: GRPCStream) throws(GRPCStatus) {
        if count <= 0 { return }
        guard core.buffered.take(count) else {
            throw GRPCStatus(.resourceExhausted, "the server receives too much at once")
        }
        stream.held += count
    }

    /// Gives back what a call has more than `kept`.
    func release(_ stream: GRPCStream, keeping kept: Int = 0) {
        guard stream.held > kept else { return }
        core.buffered.giveBack(stream.held - kept)
        stream.held = kept
    }
}
