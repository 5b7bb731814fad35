import Basics
import Metafiles
import ObjectStore
import OrderedCollections
import Pipelines
import Tracking
import Values

extension Reproduction {
    /// Brings one stage up to date; false when nothing had to be done.
    func reproduce(_ position: Int) throws -> Bool {
        separate()
        var claim: ProjectLock.Claim?
        defer { if let claim { try? project.lock.release(claim) } }
        let task = try inTurn { () throws -> StageTask? in
            var stage = try refreshed(stage(position))
            if try isUpToDate(stage, at: position) { return nil }
            claim = try project.lock.claim(reads: reads(stage), writes: writes(stage), command: "apus repro")
            let earlier = stage
            stage = try refreshed(stage)
            // Another process may have run the stage while this one waited for the claim.
            if stage.lockEntry != earlier.lockEntry, try isUpToDate(stage, at: position) { return nil }
            var task = StageTask(position: position, stage: stage, isForced: isForced(position))
            return try prepare(&task) ? task : nil
        }
        guard var task else { return false }
        if task.mustRun {
            if options.jobs <= 1 { project.lock.release() }
            try runCommands(of: task)
        }
        try inTurn { try record(&task) }
        return true
    }

    private func reads(_ stage: Stage) -> [String] {
        stage.dependencies.filter { $0.kind != .elsewhere }.map(\.path)
    }

    private func writes(_ stage: Stage) -> [String] { stage.outputs.map(\.path) }

    /// The stage with what another process may have recorded in the meantime.
    private func refreshed(_ stage: Stage) throws -> Stage {
        guard let definition = stage.definition else { return stage }
        let path = PipelineDocument.lockPath(of: stage.id.metafile)
        let entry = try project.locks.file(at: path, name: project.shown(path))[definition.name]
        if entry == stage.lockEntry { return stage }
        return Stage(definition, metafile: stage.id.metafile, locked: entry, root: project.root)
    }

    /// Whether there is nothing to do for a stage, which is then said.
    private func isUpToDate(_ stage: Stage, at position: Int) throws -> Bool {
        if isForced(position) || options.assumesChange {
            explain(position, "it is to run in any case")
            return false
        }
        switch try change(of: stage, upstream: upstream(of: position)) {
        case .none: break
        case .missingData(let reason) where options.allowMissing: explain(position, "passed over: " + reason)
        case .missingData(let reason), .changed(let reason):
            explain(position, reason)
            return false
        }
        if stage.isFrozen, !stage.isImport { warnOfFrozen(position) }
        let name = graph.nodes[position].address
        say((stage.command == nil ? "'\(name)'" : "Stage '\(name)'") + " didn't change, skipping\n")
        return true
    }

    private func explain(_ position: Int, _ reason: String) {
        observer.explain("stage '\(graph.nodes[position].address)': \(reason)")
    }

    private func warnOfFrozen(_ position: Int) {
        let name = graph.nodes[position].address
        observer.warn("stage: '\(name)' is frozen. Its dependencies are not going to be reproduced.")
    }

    /// Finds out what is to be done, and does all of it but running commands; false when there is nothing to do.
    private func prepare(_ task: inout StageTask) throws -> Bool {
        let stage = task.stage
        let name = graph.nodes[task.position].address
        if stage.isFrozen, !stage.isImport { warnOfFrozen(task.position) }
        if !task.isForced, !options.assumesChange, options.pull,
            case .missingData = try change(of: stage, upstream: upstream(of: task.position))
        {
            say("Pulling data for stage: '\(name)'\n")
            if try bring(stage.outputs) { return false }
            say("Unable to pull data for stage: '\(name)'\n")
        }
        if options.isInteractive,
            !observer.confirm("Going to reproduce stage: '\(name)'. Are you sure you want to continue?")
        {
            throw ProjectError.refused
        }
        try start(&task, name)
        return true
    }

    private func start(_ task: inout StageTask, _ name: String) throws {
        let stage = task.stage
        if stage.isImport, !stage.isFrozen { throw ProjectError.unsupportedImport(name) }
        guard stage.command != nil, !stage.isFrozen else {
            if options.dry { return }
            say("Verifying \(stage.isFrozen ? "outputs in frozen stage" : "data sources in stage"): '\(name)'\n")
            let missing = stage.outputs.filter { !Files.exists($0.path) }.map { project.shown($0.path) }
            if !missing.isEmpty { throw ProjectError.missingData(missing) }
            return
        }
        if !task.isForced {
            if options.pull, !options.dry { try bringDependencies(of: stage) }
            if try restore(&task, name), !options.dry { return }
        }
        if options.dry { return announce(stage, name) }
        try project.recordDependencies(of: &task.stage, allowsMissing: task.isForced)
        for output in stage.outputs { try clear(output) }
        task.mustRun = true
    }

    /// Makes room for what the command will write; outputs that persist are made writable instead.
    private func clear(_ output: Output) throws {
        guard Files.exists(output.path) else { return }
        guard output.isInProject else { return }
        try project.requireOwn(output)
        if output.entry.isPersistent { return try project.workspace(for: output).unprotect(output.path) }
        try Files.remove(output.path)
        project.index.forget(output.path)
    }

    func announce(_ stage: Stage, _ name: String) {
        say("Running stage '\(name)':\n" + stage.commandLines.map { "> \($0)\n" }.joined())
    }

    /// Records what the stage read and wrote.
    private func record(_ task: inout StageTask) throws {
        if options.dry { return }
        var changes = ChangedFileNames()
        defer { keep(task.stage, at: task.position, changes) }
        let stage = task.stage
        let hasForeignOutputs = stage.outputs.contains { !$0.entry.usesCache && !$0.entry.isMetric && !$0.entry.isPlot }
        let keepsRun = options.commits && !hasForeignOutputs && stage.command != nil && stage.isCacheable
        var recording = Project.RecordingOptions(commits: options.commits, relinks: options.commits)
        recording.allowsMissing = options.allowMissing
        recording.keepsUncached = keepsRun
        recording.trackedByGit = try trackedByGit()
        try project.recordDependencies(of: &task.stage, allowsMissing: options.allowMissing)
        try project.recordOutputs(of: &task.stage, recording, changes: &changes)
        if keepsRun, task.stage.isCacheable { try runCache.save(task.stage.newLockEntry) }
        if let text = try project.write(task.stage, place: places[task.position], changes: &changes) { say(text) }
        if let definition = task.stage.definition {
            task.stage.source = .pipeline(definition, task.stage.newLockEntry)
        }
    }
}

/// A stage that is being worked on.
struct StageTask {
    let position: Int
    var stage: Stage
    let isForced: Bool
    /// Whether its commands have to run, since no earlier run could be restored.
    var mustRun = false
}

extension Stage {
    /// The commands to run one after another: the elements of a list, or the lines of a text.
    var commandLines: [String] {
        switch command {
        case .list(let list): list.compactMap(\.string)
        case .string(let text): text.pythonLines
        default: []
        }
    }
}
