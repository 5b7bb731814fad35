package import Basics
import Git
import Metafiles
import ObjectStore
import Pipelines

extension Project {
    /// What `repro` did.
    package struct ReproductionOutcome: Sendable {
        /// How many stages ran or were restored.
        package var count = 0
        package var changes = ChangedFileNames()
    }

    /// Brings the stages that targets name up to date, each after those it depends on.
    ///
    /// Throws when a stage failed, unless failures are to be ignored; what had finished is recorded by then.
    @discardableResult
    package func reproduce(
        _ options: ReproductionOptions,
        observer: any ReproductionObserver,
        interruption: Interruption = Interruption()
    ) throws -> ReproductionOutcome {
        let reproduction = try locked { () throws -> Reproduction in
            if options.pull, options.usesRunCache, !options.dry { _ = try fetchRunCache(from: nil, jobs: nil) }
            return try Reproduction(self, options, observer, interruption)
        }
        defer { index.save() }
        return try reproduction.run()
    }
}

/// One run of `repro`: a plan, and the threads that work it off.
final class Reproduction: Sendable {
    let project: Project
    let options: ReproductionOptions
    let observer: any ReproductionObserver
    let interruption: Interruption
    /// Frozen stages have no dependencies in it.
    let graph: StageGraph
    let runCache: RunCache
    /// The place of each stage in the plan, which new entries of `dvc.lock` keep to whichever stage is done first.
    let places: [Int: Int]
    /// Held by the one thread that looks at or changes the project; released while commands run.
    private let turn = Monitor(false)
    private let progress: Monitor<Progress>

    /// What the threads share.
    struct Progress {
        var stages: [Stage]
        var scheduler: StageScheduler
        var forced: Set<Int> = []
        /// The stages that ran or were restored.
        var done: Set<Int> = []
        var failures: [(stage: Int, error: any Error)] = []
        var changes = ChangedFileNames()
        /// Outputs that Git tracks; found out when the first stage needs it.
        var trackedByGit: Set<String>?
        /// Whether the last stage that was looked at ran.
        var lastDidRun = false
    }

    init(
        _ project: Project,
        _ options: ReproductionOptions,
        _ observer: any ReproductionObserver,
        _ interruption: Interruption
    ) throws {
        self.project = project
        self.options = options
        self.observer = observer
        self.interruption = interruption
        runCache = RunCache(store: project.legacyStore)
        let index = try project.collect()
        let graph = try project.graph(of: index).active()
        self.graph = graph
        let plan = try Self.plan(project, index, graph, options)
        places = Dictionary(plan.enumerated().map { ($1, $0) }) { first, _ in first }
        let policy: StageScheduler.FailurePolicy =
            switch options.onFailure {
            case .stop: .stop
            case .keepGoing: .keepGoing
            case .ignore: .ignore
            }
        let isFreeOrder = options.singleItem && options.jobs <= 1
        let scheduler = StageScheduler(plan: plan, graph: isFreeOrder ? graph.withoutEdges() : graph, policy: policy)
        progress = Monitor(Progress(stages: index.stages, scheduler: scheduler, forced: options.force ? Set(plan) : []))
    }

    /// The stages to look at, in order.
    private static func plan(
        _ project: Project,
        _ index: StageIndex,
        _ graph: StageGraph,
        _ options: ReproductionOptions
    ) throws -> [Int] {
        if options.allPipelines { return graph.order() }
        var stages: [Int] = []
        let reading = Project.TargetOptions(isRecursive: options.isRecursive, isPattern: options.isPattern)
        for target in options.targets.isEmpty ? ["dvc.yaml"] : options.targets {
            stages += try project.stages(target, in: index, options.targets.isEmpty ? Project.TargetOptions() : reading)
        }
        if options.pipeline { return graph.order(targets: stages, scope: .pipeline) }
        if options.singleItem { return graph.order(targets: stages, scope: .single) }
        return graph.order(targets: stages, scope: options.downstream ? .downstream : .upstream)
    }

    func run() throws -> Project.ReproductionOutcome {
        let extra = min(options.jobs, graph.nodes.count) - 1
        let threads = (0..<max(0, extra)).compactMap { _ in Workers.spawnThread { self.work() } }
        work()
        for thread in threads { Workers.join(thread) }
        project.lock.release()
        return try progress.withLock { progress in
            if interruption.isRaised { throw ProjectError.interrupted }
            if options.onFailure != .ignore, !progress.failures.isEmpty { throw failure(progress) }
            return Project.ReproductionOutcome(count: progress.done.count, changes: progress.changes)
        }
    }

    private func failure(_ progress: Progress) -> ProjectError {
        let names = progress.failures.map { graph.nodes[$0.stage].address }
        let error = options.onFailure == .stop ? progress.failures.first?.error : nil
        let hint = (error as? any HintedError)?.hint
        return .reproductionFailed(stages: names, reason: error.map { "\($0)" }, hint: hint)
    }

    private func work() {
        while let stage = next() {
            do {
                let didRun = try reproduce(stage)
                progress.withLock { finish(stage, didRun: didRun, &$0) }
            } catch {
                progress.withLock { fail(stage, error, &$0) }
            }
        }
    }

    /// The next stage to look at; waits while all that is left depends on running ones.
    private func next() -> Int? {
        let turn = progress.wait { (progress: inout Progress) -> Next? in
            if interruption.isRaised { return .end }
            if let stage = progress.scheduler.next() { return .stage(stage) }
            return progress.scheduler.isFinished ? .end : nil
        }
        return if case .stage(let stage) = turn { stage } else { nil }
    }

    private enum Next {
        case stage(Int)
        case end
    }

    private func finish(_ stage: Int, didRun: Bool, _ progress: inout Progress) {
        if didRun { progress.done.insert(stage) }
        progress.lastDidRun = didRun
        if options.forceDownstream, didRun || progress.forced.contains(stage) {
            progress.forced.formUnion(graph.downstream[stage])
        }
        progress.scheduler.finish(stage)
    }

    private func fail(_ stage: Int, _ error: any Error, _ progress: inout Progress) {
        progress.failures.append((stage, error))
        let skipped = progress.scheduler.fail(stage).map { "'\(graph.nodes[$0].address)'" }
        if options.onFailure == .stop { return }
        observer.warn("\(error)" + (options.onFailure == .ignore ? " (ignored)" : ""))
        if skipped.isEmpty { return }
        let noun = skipped.count == 1 ? "stage" : "stages"
        observer.warn("\(noun) \(skipped.joined(separator: ", ")) will be skipped due to this failure")
    }

    // MARK: What the stages share

    /// Runs `body` while no other thread and no other process works on the project.
    ///
    /// A single worker keeps the project's lock afterwards, until it runs commands.
    func inTurn<Result>(_ body: () throws -> Result) throws -> Result {
        turn.wait { (isTaken: inout Bool) -> Void? in
            if isTaken { return nil }
            isTaken = true
            return ()
        }
        defer { turn.withLock { $0 = false } }
        try project.lock.acquire()
        defer { if options.jobs > 1 { project.lock.release() } }
        return try body()
    }

    func stage(_ position: Int) -> Stage { progress.withLock { $0.stages[position] } }

    func upstream(of position: Int) -> [Stage] {
        progress.withLock { progress in graph.upstream[position].map { progress.stages[$0] } }
    }

    func isForced(_ position: Int) -> Bool { progress.withLock { $0.forced.contains(position) } }

    /// Keeps what a stage now records, for the stages after it.
    func keep(_ stage: Stage, at position: Int, _ changes: ChangedFileNames) {
        for note in changes.notes { observer.warn(note) }
        progress.withLock { progress in
            progress.stages[position] = stage
            progress.changes.files.formUnion(changes.files)
            progress.changes.unlinked += changes.unlinked
        }
    }

    /// The outputs of all stages that Git tracks.
    func trackedByGit() throws -> Set<String> {
        if let known = progress.withLock({ $0.trackedByGit }) { return known }
        let paths = progress.withLock { $0.stages.flatMap { $0.outputs.map(\.path) } }
        let tracked = try project.git?.tracked(among: paths) ?? []
        progress.withLock { $0.trackedByGit = tracked }
        return tracked
    }

    /// The outputs of all stages that are, or hold, one of the paths.
    func outputs(at paths: [String]) -> [Output] {
        progress.withLock { progress in
            progress.stages.flatMap(\.outputs).filter { output in
                paths.contains { Paths.isSameOrInside($0, output.path) }
            }
        }
    }

    /// Sets off the lines of a stage from those of one that ran before.
    func separate() {
        if options.jobs <= 1, progress.withLock({ $0.lastDidRun }) { observer.say("\n") }
    }

    func say(_ text: String) { observer.say(text) }
}
