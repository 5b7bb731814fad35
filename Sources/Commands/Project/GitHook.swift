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

    /// Whether the working directory is in a project; hooks do nothing elsewhere.
    fileprivate static func isInProject(_ options: GlobalOptions) throws -> Bool {
        (try? Project.root(above: try options.workingDirectory())) != nil
    }

    fileprivate static func failureCode(_ command: any ParsableCommand.Type) -> Int32 {
        (command as? any FailureCoded.Type)?.failureCode ?? 1
    }
}

/// Shows before a commit what the metafiles do not record yet.
struct PreCommitHook: ParsableCommand, FailureCoded {
    static var failureCode: Int32 { GitHook.failureCode(Status.self) }
    static let configuration = CommandConfiguration(
        commandName: "pre-commit",
        abstract: "Run 'apus status'.",
        discussion: "Example: apus git-hook pre-commit"
    )
    @OptionGroup var options: GlobalOptions
    @Argument(parsing: .allUnrecognized, help: "What Git or the pre-commit tool passes.") var arguments: [String] = []

    func run() throws {
        if try GitHook.isInProject(options) { try Status.parse([]).run() }
    }
}

/// Brings the data that belongs to a commit that was checked out.
struct PostCheckoutHook: ParsableCommand, FailureCoded {
    static var failureCode: Int32 { GitHook.failureCode(Checkout.self) }
    static let configuration = CommandConfiguration(
        commandName: "post-checkout",
        abstract: "Run 'apus checkout', unless single files were checked out or a rebase is under way.",
        discussion: "Example: apus git-hook post-checkout HEAD~1 HEAD 1"
    )
    @OptionGroup var options: GlobalOptions
    @Argument(parsing: .allUnrecognized, help: "What Git passes: two commits, and 1 for a branch.")
    var arguments: [String] = []

    func run() throws {
        let flag = GlobalOptions.variable("PRE_COMMIT_CHECKOUT_TYPE") ?? (arguments.count > 2 ? arguments[2] : nil)
        guard flag == "1", try GitHook.isInProject(options) else { return }
        if let git = Repository(containing: try options.workingDirectory()), git.isRebasing { return }
        try Checkout.parse([]).run()
    }
}

/// Sends the data that belongs to the commits about to be pushed.
struct PrePushHook: ParsableCommand, FailureCoded {
    static var failureCode: Int32 { GitHook.failureCode(Push.self) }
    static let configuration = CommandConfiguration(
        commandName: "pre-push",
        abstract: "Run 'apus push'.",
        discussion: "Example: apus git-hook pre-push"
    )
    @OptionGroup var options: GlobalOptions
    @Argument(parsing: .allUnrecognized, help: "What Git or the pre-commit tool passes.") var arguments: [String] = []

    func run() throws {
        if try GitHook.isInProject(options) { try Push.parse([]).run() }
    }
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
