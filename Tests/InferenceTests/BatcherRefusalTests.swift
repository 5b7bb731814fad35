import Basics
import Testing

@testable import Inference

@Suite(.timeLimit(.minutes(2)))
struct BatcherRefusalTests {
    @Test func whoCannotBeTakenIsToldBefore() throws {
        let (door, answers) = (Door(), Answers())
        let model = TestModel { numbers throws(InferenceError) in if numbers.first == -1 { door.pass() } }
        let batcher = Batcher(ModelSlot(model), options: BatcherOptions(maxQueue: 1))
        defer { batcher.close() }
        batcher.submit(try request(1, from: -1)) { _ in }
        door.waitForArrivals(1)
        #expect(!batcher.refusesNow() && batcher.statistics.rejected == 0)
        batcher.submit(try request(1), answers.completion(0))
        #expect(batcher.refusesNow() && batcher.statistics.rejected == 1)
        door.open()
        _ = answers.wait(1)
        #expect(!batcher.refusesNow() && batcher.statistics.rejected == 1)
    }
}
