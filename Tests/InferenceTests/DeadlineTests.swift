import Basics
import Testing

@testable import Inference

@Suite(
    .enabled(if: TestRuntime.isAvailable, Comment(rawValue: TestRuntime.reason)),
    .timeLimit(.minutes(2))
)
struct DeadlineTests {
    private func count(to number: Int64, _ model: ONNXModel, within limit: Duration?) throws -> Float? {
        let input = NamedTensor("n", try Tensor(.int64, [], [number]))
        let deadline = limit.map { Deadline(.now + $0) }
        return try model.infer([input], deadline: deadline).first?.tensor?.floats.first
    }

    @Test func aRunEndsWhenNobodyWaitsForIt() throws {
        let model = try TestRuntime.model("loop.onnx")
        defer { model.close() }
        // Hours of work.
        #expect(throws: InferenceError.timeout) { try count(to: 1 << 40, model, within: .milliseconds(100)) }
        // What ended one run ends no other.
        #expect(try count(to: 1000, model, within: .seconds(60)) == 1000)
        #expect(try count(to: 1000, model, within: nil) == 1000)
    }

    @Test func runsAtTheSameTimeEndEachAtItsOwnMoment() throws {
        let model = try TestRuntime.model("loop.onnx", options: ONNXModelOptions(concurrency: 6))
        defer { model.close() }
        let ends = Monitor<[String]>([])
        let threads = (0..<6).compactMap { number in
            Workers.spawnThread {
                for round in 0..<8 {
                    let isLong = (number + round) % 2 == 0
                    do {
                        let found = try count(
                            to: isLong ? 1 << 40 : 2000,
                            model,
                            within: .milliseconds(isLong ? 5 : 60_000)
                        )
                        if isLong || found != 2000 {
                            ends.withLock { $0.append("\(number) \(round) \(String(describing: found))") }
                        }
                    } catch {
                        if !isLong || error as? InferenceError != .timeout { ends.withLock { $0.append("\(error)") } }
                    }
                }
            }
        }
        for thread in threads { Workers.join(thread) }
        #expect(ends.withLock { $0 } == [])
    }
}
