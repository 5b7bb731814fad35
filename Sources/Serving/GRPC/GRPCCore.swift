import NIOCore
import Synchronization

/// What all connections of a gRPC server share.
final class GRPCCore: Sendable {
    let settings: GRPCSettings
    let predictions: PredictionLog?
    let keys: [[UInt8]]
    let buffered: Allowance
    private let metrics: ServerMetrics
    private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])
    private let state: Mutex<State>

    private struct State {
        var provider: any InferenceProvider
        var loops: [ObjectIdentifier: (loop: any EventLoop, state: NIOLoopBound<GRPCLoop>)] = [:]
    }

    init(
        _ settings: GRPCSettings,
        _ provider: any InferenceProvider,
        _ metrics: ServerMetrics,
        _ predictions: PredictionLog?,
        _ allowance: Allowance?
    ) {
        self.settings = settings
        self.metrics = metrics
        self.predictions = predictions
        state = Mutex(State(provider: provider))
        keys = settings.keys.map { Array("Bearer \($0)".utf8) }
        buffered = allowance ?? Allowance(settings.maximumBuffered)
    }

    /// Whether a client has shown a key; takes the same time for all wrong ones of a length.
    func accepts(_ authorization: String?) -> Bool {
        guard let authorization else { return false }
        let given = Array(authorization.utf8)
        var isAccepted = false
        for key in keys where key.count == given.count {
            var difference: UInt8 = 0
            for (left, right) in zip(key, given) { difference |= left ^ right }
            if difference == 0 { isAccepted = true }
        }
        return isAccepted
    }

    /// Takes a connection in; false if there are too many.
    func add(_ channel: any Channel) -> Bool {
        let isTaken = channels.withLock { channels in
            guard channels.count < settings.maximumConnections else { return false }
            channels[ObjectIdentifier(channel)] = channel
            return true
        }
        guard isTaken else { return false }
        channel.closeFuture.whenComplete { [self] _ in
            channels.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) }
        }
        return true
    }

    /// What the calls of an event loop share; asked for on that loop.
    func shared(on loop: any EventLoop) -> GRPCLoop {
        state.withLock { state in
            if let found = state.loops[ObjectIdentifier(loop)] { return found.state.value }
            let made = GRPCLoop(metrics.makeCallShard(), state.provider, metrics)
            state.loops[ObjectIdentifier(loop)] = (loop, NIOLoopBound(made, eventLoop: loop))
            return made
        }
    }

    /// Has calls answered by another provider and returns when none can come to the present one any more.
    func adopt(_ provider: any InferenceProvider) throws {
        let loops = state.withLock { state in
            state.provider = provider
            return Array(state.loops.values)
        }
        for (loop, state) in loops {
            try loop.submit { [metrics] in state.value.adopt(provider, metrics) }.wait()
        }
    }

    var openChannels: [any Channel] { channels.withLock { Array($0.values) } }
}
