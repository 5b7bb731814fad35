import Inference
import Synchronization

/// The figures of a server in Prometheus's text format; all labels come from fixed sets.
final class ServerMetrics: Sendable {
    private let table: ServiceTable
    private let shards = Mutex<[MetricsShard]>([])
    let start = Clock.wall

    init(_ table: ServiceTable) {
        self.table = table
    }

    /// A shard for an event loop.
    func makeShard() -> MetricsShard {
        let shard = MetricsShard(table)
        shards.withLock { $0.append(shard) }
        return shard
    }

    func text(isReady: Bool, connections: Int) -> String {
        var lines: [String] = []
        lines += ["# TYPE apus_ready gauge", "apus_ready \(isReady ? 1 : 0)"]
        lines += ["# TYPE apus_connections gauge", "apus_connections \(connections)"]
        lines += [
            "# TYPE process_start_time_seconds gauge", "process_start_time_seconds \(Double(start / 1_000_000) / 1000)",
        ]
        lines += requests + models + reloads
        return lines.joined(separator: "\n") + "\n"
    }

    /// Requests by route, service and code.
    private var requests: [String] {
        var cells: [Int: MetricsShard.Cell] = [:]
        for shard in shards.withLock({ $0 }) {
            for (key, cell) in shard.snapshot { cells[key, default: MetricsShard.Cell()].add(cell) }
        }
        var counts = ["# HELP apus_requests_total Requests answered.", "# TYPE apus_requests_total counter"]
        var durations = [
            "# HELP apus_request_duration_seconds From the head of a request to its answer.",
            "# TYPE apus_request_duration_seconds histogram",
        ]
        for (key, cell) in cells.sorted(by: { $0.key < $1.key }) {
            let labels = labels(key)
            counts.append("apus_requests_total{\(labels)} \(cell.count)")
            var sum: UInt64 = 0
            for (index, bound) in MetricsShard.bounds.enumerated() {
                sum += cell.buckets[index]
                durations.append("apus_request_duration_seconds_bucket{\(labels),le=\"\(Double(bound) / 1e9)\"} \(sum)")
            }
            durations.append("apus_request_duration_seconds_bucket{\(labels),le=\"+Inf\"} \(cell.count)")
            durations.append("apus_request_duration_seconds_sum{\(labels)} \(Double(cell.nanoseconds) / 1e9)")
            durations.append("apus_request_duration_seconds_count{\(labels)} \(cell.count)")
        }
        return counts + durations
    }

    private func labels(_ key: Int) -> String {
        let code = MetricsShard.codes[key % MetricsShard.codes.count]
        let rest = key / MetricsShard.codes.count
        let route = RouteTemplate(rawValue: rest % RouteTemplate.allCases.count) ?? .other
        let index = rest / RouteTemplate.allCases.count
        let service = index > 0 && index <= table.services.count ? table.services[index - 1].name : ""
        return "route=\"\(route.text)\",service=\"\(service)\",code=\"\(code)\""
    }

    /// Queues and runs of the models.
    private var models: [String] {
        var lines: [String] = []
        let all = table.services.map { ($0.name, $0.batcher.statistics) }
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

    private var reloads: [String] {
        var lines = ["# TYPE apus_model_reloads_total counter"]
        for service in table.services {
            let reloads = service.reloads.withLock { ($0.done, $0.failed) }
            lines.append("apus_model_reloads_total{service=\"\(service.name)\",result=\"done\"} \(reloads.0)")
            lines.append("apus_model_reloads_total{service=\"\(service.name)\",result=\"failed\"} \(reloads.1)")
        }
        return lines
    }
}
