import ArgumentParser
import Basics
import Git
import Projects

/// What Git's hooks call.
struct GitHook: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "git-hook",
        abstract: "What the installed Git hooks call.",
        discussion: "Example: apus git-hook pre-commit",
        shouldDisplay: false,
        subcommands: [PreCommitHook.self, PostCheckoutHook.self, PrePushHook.self, MergeDriver.self]
    )
}

/// A Git hook that runs another command in projects, and nothing elsewhere.
protocol HookCommand: ParsableCommand, FailureCoded {
    static var hook: Hook { get }
    var input: HookInput { get }
    /// Whether the hook has something to do.
    func isWanted() throws -> Bool
}

/// What the hooks differ in.
struct Hook {
    let name: String
    let abstract: String
    var example = ""
    /// The command that the hook runs without options.
    let command: any ParsableCommand.Type
}

/// What Git or the pre-commit tool passes to a hook.
struct HookInput: ParsableArguments {
    @OptionGroup var options: GlobalOptions
    @Argument(parsing: .allUnrecognized, help: "What Git or the pre-commit tool passes.") var arguments: [String] = []
}

extension HookCommand {
    static var failureCode: Int32 { (hook.command as? any FailureCoded.Type)?.failureCode ?? 1 }

    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: hook.name,
            abstract: hook.abstract,
            discussion: "Example: apus git-hook \(hook.name)\(hook.example)"
        )
    }

    func isWanted() throws -> Bool { true }

    func run() throws {
        let isInProject = (try? Project.root(above: try input.options.workingDirectory())) != nil
        guard isInProject, try isWanted() else { return }
        var command = try Self.hook.command.parseAsRoot([])
        try command.run()
    }
}

/// Shows before a commit what the metafiles do not record yet.
struct PreCommitHook: HookCommand {
    static let hook = Hook(name: "pre-commit", abstract: "Run 'apus status'.", command: Status.self)
    @OptionGroup var input: HookInput
}

/// Brings the data that belongs to a commit that was checked out.
struct PostCheckoutHook: HookCommand {
    static let hook = Hook(
        name: "post-checkout",
        abstract: "Run 'apus checkout', unless single files were checked out or a rebase is under way.",
        example: " HEAD~1 HEAD 1",
        command: Checkout.self
    )
    @OptionGroup var input: HookInput

    func isWanted() throws -> Bool {
        // Git passes two commits, and 1 for a branch.
        let passed = input.arguments.count > 2 ? input.arguments[2] : nil
        let flag = GlobalOptions.variable("PRE_COMMIT_CHECKOUT_TYPE") ?? passed
        return try flag == "1" && Repository(containing: try input.options.workingDirectory())?.isRebasing != true
    }
}

/// Sends the data that belongs to the commits about to be pushed.
struct PrePushHook: HookCommand {
    static let hook = Hook(name: "pre-push", abstract: "Run 'apus push'.", command: Push.self)
    @OptionGroup var input: HookInput
}

/// Merges metafiles for Git.
struct MergeDriver: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255
    static let configuration = CommandConfiguration(
        commandName: "merge-driver",
        abstract: "Merge three versions of a dvc.lock or .dvc file into ours.",
        discussion: "Example: apus git-hook merge-driver --ancestor base.dvc --our ours.dvc --their theirs.dvc"
    )
    @OptionGroup var options: GlobalOptions
    @Option(help: "The version both sides started from.") var ancestor: String
    @Option(help: "Our version, which is replaced.") var our: String
    @Option(help: "Their version.") var their: String
    @Option(help: "The path of the file in the work tree.") var path: String?

    func run() throws {
        let environment = try options.environment()
        let directory = environment.workingDirectory
        let place = path.map { Paths.parent(Paths.absolute($0, from: directory)) } ?? directory
        let project = try? Project(environment.moved(to: place))
        guard let git = project?.git ?? Repository(containing: directory) else { return }
        let merge = try MetafileMerge(
            ancestor: Paths.absolute(ancestor, from: directory),
            ours: Paths.absolute(our, from: directory),
            theirs: Paths.absolute(their, from: directory),
            in: git,
            project: project
        )
        let open = try merge.run()
        if open.isEmpty { return }
        for reason in open { Console.note("CONFLICT: \(path ?? our): \(reason)") }
        throw ExitCode(1)
    }
}
