import HeapModule

/// Hands out the stages of a plan as soon as those they depend on are done.
///
/// Of several runnable stages it gives the one that comes first in the plan, so a single worker sees the plan's order.
package struct StageScheduler: Sendable {
    /// What a failure does to the rest of the plan.
    package enum FailurePolicy: Sendable, Hashable {
        /// No further stage starts.
        case stop
        /// Stages that depend on the failed one are left out.
        case keepGoing
        /// All other stages run, even those that depend on the failed one.
        case ignore
    }

    private let plan: [Int]
    private let policy: FailurePolicy
    /// For each position of the plan the positions that wait for it.
    private var waiting: [[Int]]
    private var missing: [Int]
    private var ready: Heap<Int> = []
    private var running: Set<Int> = []
    private var positions: [Int: Int] = [:]
    private var isStopped = false
    /// The stages that failed, in the order of their failures.
    package private(set) var failed: [Int] = []
    /// The stages left out, each with the failed stage that is to blame.
    package private(set) var skipped: [Int: Int] = [:]

    /// Prepares `plan`, a list of stages of `graph`; dependencies outside the plan count as done.
    package init(plan: [Int], graph: StageGraph, policy: FailurePolicy) {
        var unique: [Int] = []
        for stage in plan where positions[stage] == nil {
            positions[stage] = unique.count
            unique.append(stage)
        }
        self.plan = unique
        self.policy = policy
        waiting = Array(repeating: [], count: unique.count)
        missing = Array(repeating: 0, count: unique.count)
        for (position, stage) in unique.enumerated() {
            for dependency in graph.upstream[stage] {
                guard let before = positions[dependency] else { continue }
                waiting[before].append(position)
                missing[position] += 1
            }
            if missing[position] == 0 {
                ready.insert(position)
            }
        }
    }

    /// Whether nothing runs and nothing is left to start.
    package var isFinished: Bool {
        running.isEmpty && (ready.isEmpty || isStopped)
    }

    /// Takes the next stage that may start now, or nothing when all wait for running ones.
    package mutating func next() -> Int? {
        guard !isStopped, let position = ready.popMin() else { return nil }
        running.insert(position)
        return plan[position]
    }

    /// Records that `stage` ran or needed no run.
    package mutating func finish(_ stage: Int) {
        guard let position = positions[stage], running.remove(position) != nil else { return }
        release(position)
    }

    /// Records that `stage` failed and returns the stages that are left out because of it, in the plan's order.
    package mutating func fail(_ stage: Int) -> [Int] {
        guard let position = positions[stage], running.remove(position) != nil else { return [] }
        failed.append(stage)
        switch policy {
        case .stop:
            isStopped = true
            return []
        case .ignore:
            release(position)
            return []
        case .keepGoing:
            return skipDependents(of: position)
        }
    }

    private mutating func release(_ position: Int) {
        for next in waiting[position] {
            missing[next] -= 1
            if missing[next] == 0, skipped[plan[next]] == nil {
                ready.insert(next)
            }
        }
    }

    private mutating func skipDependents(of position: Int) -> [Int] {
        var found: Set<Int> = []
        var stack = [position]
        while let current = stack.popLast() {
            for next in waiting[current] where found.insert(next).inserted {
                stack.append(next)
            }
        }
        let new = found.sorted().map { plan[$0] }.filter { skipped[$0] == nil }
        for stage in new {
            skipped[stage] = plan[position]
        }
        return new
    }
}
