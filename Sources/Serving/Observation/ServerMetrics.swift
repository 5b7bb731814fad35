import Inference
import Synchronization

/// The figures of a server in Prometheus's text format; all labels come from fixed sets.
final class ServerMetrics: Sendable {
    private struct State {
        /// Every service that there is or was, so that its number stays.
        var names: [String] = []
        var requests: [MetricsShard] = []
        var calls: [MetricsShard] = []
    }

    private let state = Mutex(State())
    private let start = Clock.wall

    /// The number of a service in labels, from 1.
    func number(of name: String) -> Int {
        state.withLock { state in
            if let index = state.names.firstIndex(of: name) { return index + 1 }
            state.names.append(name)
            return state.names.count
        }
    }

    /// Gives the services their numbers.
    func number(_ table: ServiceTable) {
        for service in table.services { service.number.store(number(of: service.name), ordering: .relaxed) }
    }

    /// A shard for the requests of an event loop.
    func makeShard() -> MetricsShard {
        let shard = MetricsShard()
        state.withLock { $0.requests.append(shard) }
        return shard
    }

    /// A shard for the gRPC calls of an event loop.
    func makeCallShard() -> MetricsShard {
        let shard = MetricsShard()
        state.withLock { $0.calls.append(shard) }
        return shard
    }

    func text(_ table: ServiceTable, isReady: Bool, connections: Int, _ predictions: PredictionLog?) -> String {
        var lines: [String] = []
        lines += ["# TYPE apus_ready gauge", "apus_ready \(isReady ? 1 : 0)"]
        lines += ["# TYPE apus_connections gauge", "apus_connections \(connections)"]
        lines += [
            "# TYPE process_start_time_seconds gauge", "process_start_time_seconds \(Double(start / 1_000_000) / 1000)",
        ]
        lines += requests + models(table) + reloads(table)
        if let predictions { lines += Self.lines(predictions.counts) }
        return lines.joined(separator: "\n") + "\n"
    }

    private var requests: [String] {
        let (names, requests, calls) = state.withLock { ($0.names, $0.requests, $0.calls) }
        func name(_ number: Int) -> String { number > 0 && number <= names.count ? names[number - 1] : "" }
        var lines = Self.families("apus_request", "HTTP requests", requests) { key in
            let labels = RequestLabels(key: key)
            return "route=\"\(labels.route.text)\",service=\"\(name(labels.service))\",code=\"\(labels.status)\""
        }
        if calls.isEmpty { return lines }
        lines += Self.families("apus_grpc_request", "gRPC calls", calls) { key in
            let labels = CallLabels(key: key)
            let method = labels.method?.name ?? "other"
            return "method=\"\(method)\",service=\"\(name(labels.service))\",code=\"\(labels.code.name)\""
        }
        return lines
    }

    /// A counter and a histogram of durations for each set of labels.
    private static func families(
        _ name: String,
        _ things: String,
        _ shards: [MetricsShard],
        _ labels: (Int) -> String
    ) -> [String] {
        var counts = ["# HELP \(name)s_total \(things) answered.", "# TYPE \(name)s_total counter"]
        var durations = [
            "# HELP \(name)_duration_seconds From the head of a request to its answer.",
            "# TYPE \(name)_duration_seconds histogram",
        ]
        for (key, cell) in shards.sums {
            let labels = labels(key)
            counts.append("\(name)s_total{\(labels)} \(cell.count)")
            var sum: UInt64 = 0
            for (index, bound) in MetricsShard.bounds.enumerated() {
                sum += cell.buckets[index]
                durations.append("\(name)_duration_seconds_bucket{\(labels),le=\"\(Double(bound) / 1e9)\"} \(sum)")
            }
            durations.append("\(name)_duration_seconds_bucket{\(labels),le=\"+Inf\"} \(cell.count)")
            durations.append("\(name)_duration_seconds_sum{\(labels)} \(Double(cell.nanoseconds) / 1e9)")
            durations.append("\(name)_duration_seconds_count{\(labels)} \(cell.count)")
        }
        return counts + durations
    }

    private static func lines(_ counts: PredictionLog.Counts) -> [String] {
        [
            "# HELP apus_prediction_log_total Predictions written to the log, or dropped as it could not follow.",
            "# TYPE apus_prediction_log_total counter",
            "apus_prediction_log_total{result=\"written\"} \(counts.written)",
            "apus_prediction_log_total{result=\"dropped\"} \(counts.dropped)",
        ]
    }

    /// Queues and runs of the models.
    private func models(_ table: ServiceTable) -> [String] {
        var lines: [String] = []
        let all = table.services.flatMap(\.queues)
        func family(_ name: String, _ type: String, _ value: (BatcherStatistics) -> UInt64) {
            lines.append("# TYPE \(name) \(type)")
            for (service, statistics) in all { lines.append("\(name){service=\"\(service)\"} \(value(statistics))") }
        }
        func histogram(_ name: String, _ part: (BatcherStatistics) -> BatcherStatistics.Histogram) {
            lines.append("# TYPE \(name) histogram")
            for (service, statistics) in all {
                let histogram = part(statistics)
                var sum: UInt64 = 0
                for (index, bound) in histogram.bounds.enumerated() {
                    sum += histogram.counts[index]
                    lines.append("\(name)_bucket{service=\"\(service)\",le=\"\(bound)\"} \(sum)")
                }
                lines.append("\(name)_bucket{service=\"\(service)\",le=\"+Inf\"} \(histogram.count)")
                lines.append("\(name)_sum{service=\"\(service)\"} \(histogram.sum)")
                lines.append("\(name)_count{service=\"\(service)\"} \(histogram.count)")
            }
        }
        family("apus_queue_depth", "gauge") { UInt64($0.waiting) }
        family("apus_model_runs_in_progress", "gauge") { UInt64($0.running) }
        family("apus_model_requests_total", "counter", \.accepted)
        family("apus_model_requests_rejected_total", "counter", \.rejected)
        family("apus_model_requests_timed_out_total", "counter", \.timedOut)
        family("apus_model_requests_cancelled_total", "counter", \.cancelled)
        family("apus_model_requests_failed_total", "counter", \.failed)
        histogram("apus_queue_wait_seconds", \.waitSeconds)
        histogram("apus_model_run_seconds", \.runSeconds)
        histogram("apus_batch_rows", \.rowsPerRun)
        return lines
    }

    private func reloads(_ table: ServiceTable) -> [String] {
        var lines = ["# TYPE apus_model_reloads_total counter"]
        for service in table.services {
            let reloads = service.reloads.withLock { ($0.done, $0.failed) }
            lines.append("apus_model_reloads_total{service=\"\(service.name)\",result=\"done\"} \(reloads.0)")
            lines.append("apus_model_reloads_total{service=\"\(service.name)\",result=\"failed\"} \(reloads.1)")
        }
        return lines
    }
}
