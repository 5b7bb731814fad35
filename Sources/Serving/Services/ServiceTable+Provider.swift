package import Inference
package import NIOCore
import Synchronization

extension ServiceTable: InferenceProvider {
    package var isReady: Bool { services.allSatisfy(\.isReady) }

    package var models: [ModelInfo] { services.map(\.info) }

    package func model(named name: String, version: String?) throws(InferenceError) -> ModelInfo {
        try service(named: name, version: version).info
    }

    package func statistics(of model: ModelInfo) -> ModelStatistics? {
        self[model.name]?.modelStatistics
    }

    package func infer(
        _ request: ProviderRequest,
        on eventLoop: any EventLoop,
        completion: @escaping @Sendable (Result<ProviderResponse, InferenceError>) -> Void
    ) -> any InferenceCall {
        let service: Service
        do throws(InferenceError) {
            service = try self.service(named: request.model, version: request.version)
        } catch {
            completion(.failure(error))
            return ProviderCall(ticket: nil)
        }
        let (name, version) = (service.name, service.version)
        let question = InferenceRequest(inputs: request.inputs, outputs: request.outputs, deadline: request.deadline)
        let ticket = service.batcher.enqueue(question) { result in
            let answer = result.map { ProviderResponse(model: name, version: version, outputs: $0) }
            if eventLoop.inEventLoop { completion(answer) } else { eventLoop.execute { completion(answer) } }
        }
        // After all that can be read now has been read, so that what came together is run together.
        if ticket != nil { eventLoop.execute { service.batcher.runWaiting() } }
        return ProviderCall(ticket: ticket)
    }
}

private struct ProviderCall: InferenceCall {
    let ticket: BatchTicket?

    func cancel() { ticket?.cancel() }
}

extension Service {
    var info: ModelInfo {
        let isBatchable = (try? slot.withModel { $0.isBatchable }) ?? false
        let maximum = isBatchable && batcher.options.merges ? batcher.options.maxRows : 0
        return ModelInfo(
            name: name,
            version: version,
            signature: signature,
            isReady: isReady,
            maximumBatch: maximum
        )
    }

    var modelStatistics: ModelStatistics {
        let counters = batcher.statistics
        var statistics = ModelStatistics()
        let lost = counters.failed + counters.timedOut + counters.cancelled
        let finished = counters.accepted - min(counters.accepted, lost + UInt64(counters.waiting + counters.running))
        statistics.inferences = counters.rows
        statistics.executions = counters.runs
        statistics.success = .init(
            count: finished,
            nanoseconds: Self.nanoseconds(counters.waitSeconds.sum + counters.runSeconds.sum)
        )
        statistics.failure = .init(count: lost + counters.rejected)
        statistics.queue = .init(
            count: counters.waitSeconds.count,
            nanoseconds: Self.nanoseconds(counters.waitSeconds.sum)
        )
        statistics.compute = .init(count: counters.runs, nanoseconds: Self.nanoseconds(counters.runSeconds.sum))
        return statistics
    }

    private static func nanoseconds(_ seconds: Double) -> UInt64 {
        seconds.isFinite && seconds > 0 ? UInt64(min(seconds * 1e9, 9e18)) : 0
    }
}
