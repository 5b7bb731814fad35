extension ProtobufWriter {
    /// Writes an entry of Triton's `ModelStatisticsResponse`.
    mutating func write(_ statistics: ModelStatistics, of model: ModelInfo) {
        message(1) { writer in
            writer.write(model.name, 1)
            writer.write(model.version, 2)
            writer.write(statistics.inferences, 4)
            writer.write(statistics.executions, 5)
            writer.message(6) { writer in
                writer.write(statistics.success, 1)
                writer.write(statistics.failure, 2)
                writer.write(statistics.queue, 3)
                writer.write(statistics.compute, 5)
            }
        }
    }

    private mutating func write(_ part: ModelStatistics.Part, _ number: UInt32) {
        message(number) { writer in
            writer.write(part.count, 1)
            writer.write(part.nanoseconds, 2)
        }
    }
}
