import NIOCore
import NIOPosix
import Synchronization
import Transport

/// A port of this machine that leads to one of a pod.
package final class PortForward: Sendable {
    /// The port of 127.0.0.1.
    package let localPort: Int
    private let listener: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>
    private let task: Mutex<Task<Void, Never>?> = Mutex(nil)

    fileprivate init(_ listener: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>) {
        self.listener = listener
        localPort = listener.channel.localAddress?.port ?? 0
    }

    fileprivate func run(_ serve: @escaping @Sendable (NIOAsyncChannel<ByteBuffer, ByteBuffer>) async -> Void) {
        let listener = listener
        let running = Task {
            try? await listener.executeThenClose { connections in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in connections { group.addTask { await serve(connection) } }
                }
            }
            return
        }
        task.withLock { $0 = running }
    }

    /// Stops listening and closes all connections.
    package func stop() async {
        let running = task.withLock { $0 }
        running?.cancel()
        await running?.value
    }

    /// Waits until it is stopped, or the task is cancelled.
    package func wait() async {
        let running = task.withLock { $0 }
        await withTaskCancellationHandler {
            await running?.value
        } onCancel: {
            running?.cancel()
        }
    }
}

extension Cluster {
    /// Listens on 127.0.0.1, and connects whoever comes with a port of a pod.
    ///
    /// What goes wrong with one connection, such as a port on which nobody listens, ends that connection only.
    package func forward(
        pod: String,
        namespace: String? = nil,
        port: Int,
        localPort: Int = 0,
        onProblem: (@Sendable (ClusterError) -> Void)? = nil
    ) async throws -> PortForward {
        let path = try await resource(.pod).path(
            name: pod,
            namespace: namespace ?? access.namespace,
            subresource: "portforward"
        )
        var call = APICall(.get, path, "reach port \(port) of Pod '\(Printable.text(pod))'")
        call.query = [("ports", "\(port)")]
        // To a request for JSON the server answers that it has none here.
        call.accept = "*/*"
        call.isEndless = true
        let ready = call
        let forward = PortForward(try await listen(localPort))
        forward.run { connection in
            do {
                try await self.join(connection, ready)
            } catch let error as ClusterError {
                onProblem?(error)
            } catch {
                // The local side went away, or all is stopped.
            }
        }
        return forward
    }

    private func listen(
        _ port: Int
    ) async throws -> NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never> {
        do {
            return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .bind(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let settings = NIOAsyncChannel<ByteBuffer, ByteBuffer>.Configuration(
                            isOutboundHalfClosureEnabled: true
                        )
                        return try NIOAsyncChannel(wrappingChannelSynchronously: channel, configuration: settings)
                    }
                }
        } catch {
            let reason = (error as? IOError).map { "\($0.errnoCode == 98 ? "it is in use" : "\($0)")" } ?? "\(error)"
            throw ClusterError.configuration(
                "cannot listen on port \(port) of this machine: \(reason)",
                hint: "choose another port, or none"
            )
        }
    }

    private func join(_ local: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ call: APICall) async throws {
        try await local.executeThenClose { inbound, outbound in
            let tunnel = PortTunnel(try await openTunnel(call), call.action)
            do {
                try await withThrowingTaskGroup(of: (any Error)?.self) { group in
                    group.addTask {
                        for try await piece in inbound {
                            do { try await tunnel.send(piece) } catch { return error }
                        }
                        // There is no way to tell the pod; it has a while to end its answer.
                        try await tunnel.waitUntilIdle()
                        return nil
                    }
                    group.addTask {
                        while let piece = try await tunnel.next() { try await outbound.write(piece) }
                        outbound.finish()
                        return nil
                    }
                    if let unsent = try await group.next() ?? nil {
                        // What is still to be read may tell why nothing more can be sent.
                        _ = try await group.next()
                        throw unsent
                    }
                    group.cancelAll()
                }
            } catch {
                await tunnel.close()
                throw (error as? TransportError).map(translated) ?? error
            }
            await tunnel.close()
        }
    }

    private func openTunnel(_ call: APICall) async throws -> WebSocket {
        let credentials = try await source.credentials()
        do {
            return try await openTunnel(call, credentials)
        } catch let error as ClusterError where error.refusal?.cause == .unauthorized {
            let fresh = try await source.credentials(insteadOf: credentials)
            if fresh == credentials { throw error }
            return try await openTunnel(call, fresh)
        }
    }

    private func openTunnel(_ call: APICall, _ credentials: Credentials) async throws -> WebSocket {
        let request = try request(call, credentials)
        do throws(TransportError) {
            let socket = try await client(credentials).webSocket(request, protocols: [PortTunnel.subprotocol])
            noteAnswer()
            return socket
        } catch {
            if case .refused(_, let status, let text) = error {
                throw ClusterError.refused(Refusal(code: status, body: Array(text.utf8), action: call.action))
            }
            throw translated(error)
        }
    }
}
