import ArgumentParser
import Basics
import Configuration
import Glibc
import Projects
import Tracking

/// Brings pipelines up to date.
struct Repro: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255

    static let configuration = CommandConfiguration(
        commandName: "repro",
        abstract: "Run the stages whose command, parameters or data changed.",
        discussion: "Example: apus repro -j 4"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(name: .shortAndLong, help: "Run stages even when nothing changed.") var force = false
    @Flag(name: .shortAndLong, help: "Ask before each stage.") var interactive = false
    @Flag(name: .shortAndLong, help: "Only the targets, without what they depend on.") var singleItem = false
    @Flag(name: .shortAndLong, help: "The whole pipelines that the targets belong to.") var pipeline = false
    @Flag(name: [.customShort("P"), .long], help: "All pipelines of the project.") var allPipelines = false
    @Flag(name: [.customShort("R"), .long], help: "All stages in the directories named.") var recursive = false
    @Flag(help: "The targets and the stages that depend on them.") var downstream = false
    @Flag(help: "Run stages that depend on one that ran.") var forceDownstream = false
    @Flag(help: "Bring data that is missing from the remote.") var pull = false
    @Flag(help: "Pass over stages whose data is only missing.") var allowMissing = false
    @Flag(help: "Only print the commands.") var dry = false
    @Flag(name: .shortAndLong, help: "After a failure go on with stages that do not depend on it.")
    var keepGoing = false
    @Flag(help: "After a failure go on with all stages.") var ignoreErrors = false
    @Flag(help: "Read the targets as patterns of stage names.") var glob = false
    @Flag(help: "Leave results out of the cache.") var noCommit = false
    @Flag(help: "Run commands even if the run cache has their results.") var noRunCache = false
    @Option(name: .shortAndLong, help: "How many independent stages may run at a time.") var jobs = 1
    @Argument(help: "Stages, dvc.yaml or .dvc files; the dvc.yaml here unless named.", completion: .stages) var targets:
        [String] = []

    func validate() throws {
        if keepGoing, ignoreErrors { throw ValidationError("--keep-going and --ignore-errors exclude each other") }
        if jobs < 1 { throw ValidationError("--jobs needs a positive number") }
    }

    func run() throws {
        let project = try options.openProject()
        let interruption = Interruption()
        if !dry { interruption.listen() }
        let outcome = try project.reproduce(
            reproduction(project),
            observer: Observer(isQuiet: options.quiet, isVerbose: options.verbose > 0),
            interruption: interruption
        )
        try ChangedFiles(files: outcome.changes.files).settle(project, options)
        options.say(
            outcome.count == 0 ? Tracking.Status.upToDate : "Use `dvc push` to send your updates to remote storage.\n"
        )
    }

    private func reproduction(_ project: Project) -> ReproductionOptions {
        var result = ReproductionOptions()
        result.targets = targets
        result.force = force
        result.forceDownstream = forceDownstream
        result.isInteractive = interactive || project.configuration.bool("core", "interactive")
        result.singleItem = singleItem && !pipeline && !allPipelines
        result.pipeline = pipeline
        result.allPipelines = allPipelines
        result.isRecursive = recursive
        result.isPattern = glob
        result.downstream = downstream && !pipeline && !allPipelines
        result.pull = pull
        result.allowMissing = allowMissing
        result.dry = dry
        result.onFailure = ignoreErrors ? .ignore : keepGoing ? .keepGoing : .stop
        result.commits = !noCommit
        result.usesRunCache = !noRunCache
        result.jobs = jobs
        result.shell = Self.shell
        result.hasRoot = GlobalOptions.variable("DVC_ROOT") != nil
        return result
    }

    /// The user's shell, told not to read its start-up files, so that they cannot change results.
    static var shell: [String] {
        let program = GlobalOptions.variable("SHELL") ?? "/bin/sh"
        return switch Paths.name(program).lowercased() {
        case "zsh": [program, "--no-rcs", "-c"]
        case "bash": [program, "--noprofile", "--norc", "-c"]
        case "fish": [program, "--no-config", "-c"]
        default: [program, "-c"]
        }
    }

    /// Shows progress on standard output, and warnings on standard error.
    struct Observer: ReproductionObserver {
        let isQuiet: Bool
        let isVerbose: Bool

        func say(_ text: String) {
            if !isQuiet { Console.write(text) }
        }

        func warn(_ line: String) { Console.note("WARNING: " + line) }

        func explain(_ line: String) { if isVerbose { Console.note(line) } }

        func confirm(_ question: String) -> Bool { Console.confirm(question) }
    }
}
