import ArgumentParser
import Basics
import Pipelines
import Projects

/// Puts a stage into dvc.yaml.
struct StageAdd: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255

    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Put a stage into dvc.yaml.",
        discussion: "Example: apus stage add -n train -d train.py -p lr -o model.pkl -M metrics.json python train.py"
    )

    @OptionGroup var options: GlobalOptions
    @Option(name: [.customShort("n", allowingJoined: true), .long], help: "The name of the stage.") var name: String
    @Flag(name: .shortAndLong, help: "Replace a stage of this name.") var force = false
    @OptionGroup var reads: StageInputs
    @OptionGroup var writes: StageOutputs
    @Option(
        name: [.customShort("w", allowingJoined: true), .long],
        help: ArgumentHelp("The folder to run the command in.", valueName: "path")
    )
    var wdir: String?
    @Flag(help: "Run the stage each time, whether something changed or not.") var alwaysChanged = false
    @Option(parsing: .unconditional, help: "A description, for people only.") var desc: String?
    @Flag(name: .customLong("run"), help: "Run the stage at once.") var runsAtOnce = false
    @Argument(parsing: .captureForPassthrough, help: "The command and its arguments.") var command: [String] = []

    func validate() throws {
        // What follows the first word of the command is the command's own.
        if let first = command.first, first.utf8.count > 1, first.hasPrefix("-"), first != "--",
            !first.contains(" "), Double(first) == nil
        {
            throw ValidationError("Unknown option '\(first)'")
        }
    }

    func run() throws {
        let project = try options.openProject()
        var definition = StageDefinition(name: name, command: StageDefinition.command(from: command))
        definition.workingDirectory = wdir
        definition.dependencies = reads.deps
        definition.parameters = ParameterDependency.list(from: reads.params)
        definition.outputs = writes.outputs
        definition.isAlwaysChanged = alwaysChanged
        definition.description = desc
        let added = try project.locked { try project.addStage(definition, replacing: force) }
        if added.replacesGroup {
            Console.note("WARNING: '\(name)' was a group of stages; the new stage takes the place of all of them.")
        }
        if let file = added.missingIgnoreFile {
            Console.note(
                "WARNING: could not create the entry in '\(file)', since its folder does not exist yet; it will be "
                    + "created when the stage runs."
            )
        }
        options.say("Added stage '\(name)' in 'dvc.yaml'\n")
        let written = runsAtOnce ? try reproduce(added, in: project) : []
        try ChangedFiles(files: added.files.union(written)).settle(project, options)
    }

    /// Runs the stage, whether anything changed or not, and returns the files it changed.
    private func reproduce(_ added: Project.AddedStage, in project: Project) throws -> Set<String> {
        let interruption = Interruption()
        interruption.listen()
        var running = ReproductionOptions()
        running.targets = [added.id.address(from: project.environment.workingDirectory)]
        running.singleItem = true
        running.assumesChange = true
        running.shell = Repro.shell
        running.hasRoot = GlobalOptions.variable("DVC_ROOT") != nil
        do {
            let observer = Repro.Observer(isQuiet: options.quiet, isVerbose: options.verbose > 0)
            return try project.reproduce(running, observer: observer, interruption: interruption).changes.files
        } catch {
            try project.locked { try project.unignoreOutputs(of: added) }
            throw error
        }
    }
}

/// What a stage reads.
struct StageInputs: ParsableArguments {
    @Option(
        name: [.customShort("d", allowingJoined: true), .long],
        help: ArgumentHelp("A file or directory that the command reads.", valueName: "path")
    )
    var deps: [String] = []
    @Option(
        name: [.customShort("p", allowingJoined: true), .long],
        help: ArgumentHelp(
            "Parameters that the command uses; of params.yaml unless a file is named.",
            valueName: "[file:]names"
        )
    )
    var params: [String] = []
}

/// What a stage writes.
struct StageOutputs: ParsableArguments {
    @Option(
        name: [.customShort("o", allowingJoined: true), .long],
        help: ArgumentHelp("A file or directory that the command writes.", valueName: "path")
    )
    var outs: [String] = []
    @Option(
        name: [.customShort("O", allowingJoined: true), .long],
        help: ArgumentHelp("The same, not put into the cache.", valueName: "path")
    )
    var outsNoCache: [String] = []
    @Option(help: ArgumentHelp("The same, kept when the stage runs again.", valueName: "path"))
    var outsPersist: [String] = []
    @Option(help: ArgumentHelp("The same, kept and not put into the cache.", valueName: "path"))
    var outsPersistNoCache: [String] = []
    @Option(
        name: [.customShort("m", allowingJoined: true), .long],
        help: ArgumentHelp("A file of metrics.", valueName: "path")
    )
    var metrics: [String] = []
    @Option(
        name: [.customShort("M", allowingJoined: true), .long],
        help: ArgumentHelp("A file of metrics, not put into the cache.", valueName: "path")
    )
    var metricsNoCache: [String] = []
    @Option(help: ArgumentHelp("A file or directory of plots.", valueName: "path"))
    var plots: [String] = []
    @Option(help: ArgumentHelp("Plots, not put into the cache.", valueName: "path"))
    var plotsNoCache: [String] = []

    /// In DVC's order, in which they come into `.gitignore`.
    var outputs: [OutputDefinition] {
        make(outsPersist, isPersistent: true) + make(outsPersistNoCache, usesCache: false, isPersistent: true)
            + make(metrics, .metric) + make(metricsNoCache, .metric, usesCache: false)
            + make(plots, .plot) + make(plotsNoCache, .plot, usesCache: false)
            + make(outsNoCache, usesCache: false) + make(outs)
    }

    private func make(
        _ paths: [String],
        _ kind: OutputDefinition.Kind = .data,
        usesCache: Bool = true,
        isPersistent: Bool = false
    ) -> [OutputDefinition] {
        paths.map { path in
            var output = OutputDefinition(path: path, kind: kind)
            output.usesCache = usesCache
            output.isPersistent = isPersistent
            return output
        }
    }
}
