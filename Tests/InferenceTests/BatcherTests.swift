import Basics
import Glibc
import Testing

@testable import Inference

@Suite(.timeLimit(.minutes(2)))
struct BatcherTests {
    /// A batcher whose only instance is held at a door by a first request, so that what follows waits.
    private func held(
        _ door: Door,
        options: BatcherOptions = BatcherOptions(),
        width: Int? = 2,
        isBatchable: Bool = true,
        fails: @escaping @Sendable ([Float]) -> InferenceError? = { _ in nil }
    ) throws -> (Batcher, TestModel) {
        let model = TestModel(isBatchable: isBatchable, width: width) { numbers throws(InferenceError) in
            if numbers.first == -1 { door.pass() }
            if let error = fails(numbers) { throw error }
        }
        let batcher = Batcher(ModelSlot(model), options: options)
        batcher.submit(try request(1, from: -1)) { _ in }
        door.waitForArrivals(1)
        return (batcher, model)
    }

    private func rows(_ model: TestModel) -> [Int] { Array(model.runs.withLock { $0 }.dropFirst()) }

    @Test func allThatWaitsIsOneRun() throws {
        let (door, answers) = (Door(), Answers())
        let (batcher, model) = try held(door)
        defer { batcher.close() }
        for number in 0..<5 {
            batcher.submit(try request(number + 1, from: Float(number * 100)), answers.completion(number))
        }
        #expect(batcher.statistics.waiting == 5)
        door.open()
        for (number, result) in answers.wait(5) {
            #expect(result.floats == doubles(number + 1, from: Float(number * 100)))
            #expect((try? result.get())?.map(\.name) == ["y", "z"])
        }
        #expect(rows(model) == [15])
        let statistics = batcher.statistics
        #expect(statistics.runs == 2 && statistics.rows == 16 && statistics.accepted == 6 && statistics.waiting == 0)
        #expect(statistics.rowsPerRun.counts[0] == 1 && statistics.rowsPerRun.counts[4] == 1)
        #expect(statistics.waitSeconds.count == 6)
    }

    @Test func rowsAreCountedNotRequests() throws {
        let (door, answers) = (Door(), Answers())
        let (batcher, model) = try held(door, options: BatcherOptions(maxRows: 8))
        defer { batcher.close() }
        for (number, rows) in [5, 3, 4, 5, 1].enumerated() {
            batcher.submit(try request(rows, from: Float(number * 100)), answers.completion(number))
        }
        door.open()
        for (number, result) in answers.wait(5) {
            #expect(result.floats == doubles([5, 3, 4, 5, 1][number], from: Float(number * 100)))
        }
        #expect(rows(model) == [8, 4, 6])
    }

    @Test func aRequestWithManyRowsIsRunInParts() throws {
        let model = TestModel()
        let batcher = Batcher(ModelSlot(model), options: BatcherOptions(maxRows: 4))
        defer { batcher.close() }
        let answer = try batcher.infer(request(11, from: 3))
        #expect(answer.first?.value.tensor?.shape == [11, 2])
        #expect(answer.first?.value.tensor?.floats == doubles(11, from: 3))
        #expect(model.runs.withLock { $0 } == [4, 4, 3])
    }

    @Test func whatDoesNotFitTogetherIsRunApart() throws {
        let (door, answers) = (Door(), Answers())
        let (batcher, model) = try held(door, width: nil)
        defer { batcher.close() }
        batcher.submit(try request(1, width: 3), answers.completion(0))
        batcher.submit(try request(2, width: 4), answers.completion(1))
        batcher.submit(try request(4, width: 3), answers.completion(2))
        batcher.submit(try request(8, width: 3, outputs: ["z"]), answers.completion(3))
        batcher.submit(try request(16, width: 4), answers.completion(4))
        door.open()
        let results = answers.wait(5)
        #expect(results[2]?.floats == doubles(4, width: 3) && results[4]?.floats == doubles(16, width: 4))
        #expect((try? results[3]?.get())?.map(\.name) == ["z"])
        #expect(rows(model) == [5, 18, 8])
    }

    @Test func modelsThatAreNotBatchableRunEachForItself() throws {
        for (isBatchable, merges) in [(false, true), (true, false)] {
            let (door, answers) = (Door(), Answers())
            let (batcher, model) = try held(
                door,
                options: BatcherOptions(maxRows: 2, merges: merges),
                isBatchable: isBatchable
            )
            defer { batcher.close() }
            for number in 0..<3 { batcher.submit(try request(3, from: Float(number)), answers.completion(number)) }
            door.open()
            for (number, result) in answers.wait(3) { #expect(result.floats == doubles(3, from: Float(number))) }
            #expect(rows(model) == [3, 3, 3])
        }
    }

    @Test func aBadRequestFailsAlone() throws {
        let (door, answers) = (Door(), Answers())
        let (batcher, model) = try held(door, fails: { $0.contains(200) ? .failed("not 200") : nil })
        defer { batcher.close() }
        for number in 0..<4 { batcher.submit(try request(1, from: Float(number * 100)), answers.completion(number)) }
        #expect(batcher.submit(try request(1, width: 3), answers.completion(4)) == nil)
        #expect(answers.now[4]?.error == .invalidInput("input 'x' has shape [1, 3], the model takes [-1, 2]"))
        door.open()
        let results = answers.wait(5)
        for number in [0, 1, 3] { #expect(results[number]?.floats == doubles(1, from: Float(number * 100))) }
        #expect(results[2]?.error == .failed("not 200"))
        #expect(rows(model) == [4, 1, 1, 1, 1])
        #expect(batcher.statistics.failed == 1)
    }

    @Test func aFullQueueRefusesAtOnce() throws {
        let (door, answers) = (Door(), Answers())
        let (batcher, _) = try held(door, options: BatcherOptions(maxQueue: 3))
        defer { batcher.close() }
        for number in 0..<5 { batcher.submit(try request(1), answers.completion(number)) }
        #expect(answers.now[3]?.error == .overloaded && answers.now[4]?.error == .overloaded)
        #expect(answers.now.count == 2)
        door.open()
        #expect(answers.wait(5).values.filter { $0.error == nil }.count == 3)
        #expect(batcher.statistics.rejected == 2 && answers.repetitions == 0)
    }

    @Test func whatIsTooLateIsNotRun() throws {
        let (door, answers) = (Door(), Answers())
        let (batcher, model) = try held(door)
        defer { batcher.close() }
        batcher.submit(try request(1, deadline: Deadline(.now)), answers.completion(0))
        batcher.submit(try request(2, deadline: Deadline(.now + .seconds(3600))), answers.completion(1))
        batcher.submit(try request(4, deadline: Deadline(.now)), answers.completion(2))
        door.open()
        let results = answers.wait(3)
        #expect(results[0]?.error == .timeout && results[2]?.error == .timeout && results[1]?.floats == doubles(2))
        #expect(rows(model) == [2] && batcher.statistics.timedOut == 2)
    }

    @Test func whatIsCancelledIsNotRun() throws {
        let (door, answers) = (Door(), Answers())
        let (batcher, model) = try held(door)
        defer { batcher.close() }
        let tickets = try (0..<3).map { batcher.submit(try request(1 << $0), answers.completion($0)) }
        #expect(tickets[1]?.cancel() == true)
        #expect(tickets[1]?.cancel() == false)
        door.open()
        #expect(Set(answers.wait(2).keys) == [0, 2])
        #expect(rows(model) == [5] && batcher.statistics.cancelled == 1)
        #expect(tickets[0]?.cancel() == false)
    }

    @Test func closeTellsThoseWhoWait() throws {
        let (door, answers) = (Door(), Answers())
        let (batcher, model) = try held(door)
        for number in 0..<3 { batcher.submit(try request(1), answers.completion(number)) }
        let closing = Monitor(false)
        _ = Workers.spawnThread {
            batcher.close()
            closing.withLock { $0 = true }
        }
        #expect(answers.wait(3).values.allSatisfy { $0.error == .unavailable("the server is shutting down") })
        #expect(!closing.withLock { $0 })
        door.open()
        _ = closing.wait { $0 ? true : nil }
        #expect(rows(model).isEmpty)
        batcher.submit(try request(1), answers.completion(9))
        #expect(answers.now[9]?.error == .unavailable("the server is shutting down"))
        #expect(batcher.tryRunNow(try request(1)) == nil)
        batcher.close()
    }

    @Test func asManyRunsAsTheModelTakesAndNoMore() throws {
        let (door, answers) = (Door(), Answers())
        let model = TestModel(concurrency: 3, isBatchable: false) { _ throws(InferenceError) in door.pass() }
        let batcher = Batcher(ModelSlot(model))
        defer { batcher.close() }
        for number in 0..<8 { batcher.submit(try request(1), answers.completion(number)) }
        door.waitForArrivals(3)
        #expect(batcher.statistics.running == 3 && batcher.statistics.waiting == 5)
        #expect(batcher.tryRunNow(try request(1)) == nil)
        door.open()
        _ = answers.wait(8)
        #expect(model.active.withLock { $0.most } == 3)
    }

    @Test func quickModelsRunOnTheCallersThread() throws {
        let model = TestModel()
        let batcher = Batcher(ModelSlot(model), options: BatcherOptions(quick: .seconds(60)))
        defer { batcher.close() }
        #expect(batcher.tryRunNow(try request(1)) == nil, "not known to be quick yet")
        _ = try batcher.infer(request(1))
        #expect(batcher.tryRunNow(try request(2, from: 5))?.floats == doubles(2, from: 5))
        #expect(batcher.tryRunNow(try request(2, width: 3))?.error != nil)
        let answers = Answers()
        for number in 0..<4 { batcher.enqueue(try request(1, from: Float(number)), answers.completion(number)) }
        #expect(answers.now.isEmpty)
        batcher.runWaiting()
        #expect(answers.now.count == 4 && answers.now[3]?.floats == doubles(1, from: 3))
        #expect(model.runs.withLock { $0 } == [1, 2, 4])
    }

    @Test func slowModelsAndThoseOfOthersRunOnInstances() throws {
        for (quick, isInProcess) in [(Duration.zero, true), (.seconds(60), false)] {
            let model = TestModel(isInProcess: isInProcess)
            let batcher = Batcher(ModelSlot(model), options: BatcherOptions(quick: quick))
            defer { batcher.close() }
            _ = try batcher.infer(request(1))
            #expect(batcher.tryRunNow(try request(1)) == nil)
            let answers = Answers()
            for number in 0..<4 { batcher.enqueue(try request(1, from: Float(number)), answers.completion(number)) }
            batcher.runWaiting()
            #expect(answers.wait(4)[3]?.floats == doubles(1, from: 3))
        }
    }

    @Test func whatHasComeIsRunWhileReadingTakesLong() throws {
        let batcher = Batcher(ModelSlot(TestModel()), options: BatcherOptions(handover: .nanoseconds(1)))
        defer { batcher.close() }
        _ = try batcher.infer(request(1))
        // Only who sleeps has to be woken; and the time is a short one, however busy the machine was just now.
        batcher.gate.lock()
        while batcher.idle == 0 {
            batcher.gate.unlock()
            usleep(100)
            batcher.gate.lock()
        }
        batcher.usualRow = UsualTime(nanoseconds: 1000)
        batcher.gate.unlock()
        let answers = Answers()
        batcher.enqueue(try request(1), answers.completion(0))
        usleep(20_000)
        #expect(answers.now.isEmpty)
        batcher.enqueue(try request(1, from: 1), answers.completion(1))
        #expect(answers.wait(2)[1]?.floats == doubles(1, from: 1), "nobody has to say that reading has ended")
    }

    @Test func aDelayWaitsForCompany() throws {
        let (model, answers) = (TestModel(), Answers())
        let batcher = Batcher(ModelSlot(model), options: BatcherOptions(maxRows: 4, maxDelay: .seconds(3600)))
        defer { batcher.close() }
        for number in 0..<4 { batcher.submit(try request(1), answers.completion(number)) }
        _ = answers.wait(4)
        #expect(model.runs.withLock { $0 } == [4])
        let soon = Batcher(ModelSlot(model), options: BatcherOptions(maxRows: 4, maxDelay: .milliseconds(1)))
        defer { soon.close() }
        #expect(try soon.infer(request(1)).first?.value.tensor?.floats == doubles(1))
    }

    @Test func manyCallersGetTheirOwnAnswers() throws {
        let model = TestModel(concurrency: 2)
        let batcher = Batcher(ModelSlot(model), options: BatcherOptions(maxRows: 16))
        let wrong = Monitor(0)
        let done = Monitor(0)
        for caller in 0..<8 {
            _ = Workers.spawnThread {
                for round in 0..<200 {
                    let start = Float(caller * 1000 + round)
                    let rows = round % 20
                    guard let request = try? request(rows, from: start), let answer = try? batcher.infer(request),
                        answer.first?.value.tensor?.floats == doubles(rows, from: start)
                    else {
                        wrong.withLock { $0 += 1 }
                        continue
                    }
                }
                done.withLock { $0 += 1 }
            }
        }
        _ = done.wait { $0 == 8 ? true : nil }
        batcher.close()
        #expect(wrong.withLock { $0 } == 0 && batcher.statistics.accepted == 1600)
        #expect(model.active.withLock { $0.most } <= 2)
    }
}
