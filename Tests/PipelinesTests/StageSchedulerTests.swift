import Pipelines
import Testing

@Suite struct StageSchedulerTests {
    @Test func oneWorkerSeesThePlanInOrder() throws {
        let graph = try forked()
        var scheduler = StageScheduler(plan: graph.order(), graph: graph, policy: .stop)
        var seen: [Int] = []
        while let stage = scheduler.next() {
            seen.append(stage)
            scheduler.finish(stage)
        }
        #expect(seen == graph.order())
        #expect(scheduler.isFinished)
    }

    @Test func independentStagesStartTogether() throws {
        let graph = try forked()
        var scheduler = StageScheduler(plan: graph.order(), graph: graph, policy: .stop)
        #expect(scheduler.next() == 0)
        #expect(scheduler.next() == 4)
        #expect(scheduler.next() == nil)
        #expect(!scheduler.isFinished)
        scheduler.finish(0)
        #expect([scheduler.next(), scheduler.next(), scheduler.next()] == [1, 2, nil])
        scheduler.finish(2)
        #expect(scheduler.next() == nil)
        scheduler.finish(1)
        #expect(scheduler.next() == 3)
    }

    @Test func aFailureStopsTheRest() throws {
        let graph = try forked()
        var scheduler = StageScheduler(plan: graph.order(), graph: graph, policy: .stop)
        let firstChoice = scheduler.next()
        let first = try #require(firstChoice)
        #expect(scheduler.fail(first).isEmpty)
        #expect(scheduler.next() == nil)
        #expect(scheduler.isFinished)
        #expect(scheduler.failed == [0])
    }

    @Test func keepGoingLeavesOutDependents() throws {
        let graph = try forked()
        var scheduler = StageScheduler(plan: graph.order(), graph: graph, policy: .keepGoing)
        let baseChoice = scheduler.next()
        let base = try #require(baseChoice)
        scheduler.finish(base)
        let leftChoice = scheduler.next()
        let left = try #require(leftChoice)
        #expect(scheduler.fail(left) == [3])
        #expect(scheduler.next() == 2)
        scheduler.finish(2)
        #expect(scheduler.next() == 4)
        scheduler.finish(4)
        #expect(scheduler.next() == nil)
        #expect(scheduler.isFinished)
        #expect(scheduler.skipped == [3: 1])
    }

    @Test func ignoringRunsDependentsAllTheSame() throws {
        let graph = try forked()
        var scheduler = StageScheduler(plan: graph.order(), graph: graph, policy: .ignore)
        var seen: [Int] = []
        while let stage = scheduler.next() {
            seen.append(stage)
            #expect(scheduler.fail(stage).isEmpty)
        }
        #expect(seen == graph.order())
        #expect(scheduler.failed == seen)
    }

    @Test func dependenciesOutsideThePlanAreDone() throws {
        let graph = try forked()
        var scheduler = StageScheduler(plan: [3, 3], graph: graph, policy: .stop)
        #expect(scheduler.next() == 3)
        #expect(scheduler.next() == nil)
    }

    /// 1 and 2 read 0, 3 reads both; 4 stands alone.
    private func forked() throws -> StageGraph {
        try StageGraph([
            node("base", writes: ["/p/base"]), node("left", reads: ["/p/base"], writes: ["/p/left"]),
            node("right", reads: ["/p/base"], writes: ["/p/right"]), node("join", reads: ["/p/left", "/p/right"]),
            node("alone"),
        ])
    }
}
