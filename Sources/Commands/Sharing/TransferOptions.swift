import ArgumentParser
import Configuration
import Projects

/// The data, revisions and remote of a command that compares or moves data.
struct TransferOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "The remote; the default one unless named.", completion: .remotes) var remote:
        String?
    @Option(name: .shortAndLong, help: "Transfers at a time.") var jobs: Int?
    @Flag(name: .shortAndLong, help: "The data of the tips of all branches too.") var allBranches = false
    @Flag(name: [.customShort("T"), .long], help: "The data of all tags too.") var allTags = false
    @Flag(name: [.customShort("A"), .long], help: "The data of all commits too.") var allCommits = false
    @OptionGroup var reach: SelectionOptions
    @Argument(help: "Only these outputs, files inside of them, stages or .dvc files.", completion: .targets)
    var targets: [String] = []

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs needs a positive number") }
    }

    /// What is meant; with `glob` the targets are patterns of paths.
    func selection(in project: Project, glob: Bool = false) throws -> DataSelection {
        DataSelection(
            targets: glob ? try project.matches(of: targets) : targets,
            options: reach.targetOptions,
            revisions: RevisionScope(allBranches: allBranches, allTags: allTags, allCommits: allCommits),
            remote: remote
        )
    }

    /// Says that nothing could be moved for want of a remote.
    func noteMissingRemote(_ project: Project) {
        if remote == nil, project.configuration.defaultRemoteName == nil {
            Console.note("No remote provided and no default remote set.")
        }
    }
}

/// Whether the run cache goes along.
struct RunCacheOption: ParsableArguments {
    @Flag(inversion: .prefixedNo, help: "The run cache too.") var runCache = false
}
