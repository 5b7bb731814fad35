import Basics
import Testing

@testable import Inference

@Suite(.timeLimit(.minutes(2)))
struct ModelSlotTests {
    @Test func theOldModelIsClosedWhenItsLastCallEnds() throws {
        let (door, answers) = (Door(), Answers())
        let old = TestModel { _ throws(InferenceError) in door.pass() }
        let new = TestModel(concurrency: 2, factor: 3)
        let slot = ModelSlot(old)
        let batcher = Batcher(slot)
        defer { batcher.close() }
        batcher.submit(try request(1, from: 1), answers.completion(0))
        door.waitForArrivals(1)
        let replaced = Monitor(false)
        _ = Workers.spawnThread {
            slot.replace(with: new)
            replaced.withLock { $0 = true }
        }
        // The new model brings a second instance, so this does not wait for the old one.
        batcher.submit(try request(1, from: 1), answers.completion(1))
        while slot.concurrency != 2 {}
        batcher.submit(try request(1, from: 1), answers.completion(2))
        _ = answers.wait(2)
        #expect(answers.now[2]?.floats == [3, 6] && answers.now[0] == nil)
        #expect(!replaced.withLock { $0 } && !old.isClosed.withLock { $0 })
        door.open()
        _ = replaced.wait { $0 ? true : nil }
        #expect(old.isClosed.withLock { $0 })
        #expect(answers.wait(3)[0]?.floats == [2, 4])
    }

    @Test func noRequestIsLostWhileModelsAreReplaced() throws {
        let slot = ModelSlot(TestModel(concurrency: 2))
        let batcher = Batcher(slot, options: BatcherOptions(maxRows: 8))
        let (failures, done) = (Monitor<[InferenceError]>([]), Monitor(0))
        for caller in 0..<4 {
            _ = Workers.spawnThread {
                for round in 0..<500 {
                    do throws(InferenceError) {
                        guard let request = try? request(1, from: Float(caller * round + 1)) else { return }
                        let answer = try batcher.infer(request)
                        guard answer.first?.value.tensor?.shape == [1, 2] else { throw .failed("shape") }
                    } catch {
                        failures.withLock { $0.append(error) }
                    }
                }
                done.withLock { $0 += 1 }
            }
        }
        var replacements = 0
        while done.withLock({ $0 }) < 4 {
            slot.replace(with: TestModel(concurrency: 1 + replacements % 3))
            replacements += 1
        }
        batcher.close()
        slot.close()
        #expect(failures.withLock { $0 } == [] && replacements > 1)
    }

    @Test func aClosedSlotTakesNothing() throws {
        let (first, second) = (TestModel(), TestModel())
        let slot = ModelSlot(first)
        slot.close()
        #expect(first.isClosed.withLock { $0 })
        #expect(!slot.replace(with: second))
        #expect(throws: InferenceError.unavailable("the model is closed")) { try slot.withModel { _ in } }
        #expect(slot.signature == first.signature)
    }

    @Test func requestsThatTheNewModelCannotTakeAreTold() throws {
        let (door, answers) = (Door(), Answers())
        let slot = ModelSlot(TestModel { _ throws(InferenceError) in door.pass() })
        let batcher = Batcher(slot)
        defer { batcher.close() }
        batcher.submit(try request(1), answers.completion(0))
        door.waitForArrivals(1)
        for number in 1..<3 { batcher.submit(try request(1), answers.completion(number)) }
        _ = Workers.spawnThread { slot.replace(with: TestModel(width: 7)) }
        while slot.signature.inputs[0].shape != [nil, 7] {}
        door.open()
        let results = answers.wait(3)
        #expect(results.values.filter { $0.error == nil }.count == 1)
        let told = InferenceError.invalidInput("input 'x' has shape [1, 2], the model takes [-1, 7]")
        #expect(results.values.filter { $0.error == told }.count == 2)
    }
}
