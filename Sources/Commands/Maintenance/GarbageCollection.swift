import ArgumentParser
import Basics
import Configuration
import Glibc
import Projects

/// Removes data that is not used any more.
struct GarbageCollection: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255

    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract: "Remove data that is not used from the cache or a remote.",
        discussion: "Example: apus gc --workspace --all-branches --dry"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(name: .shortAndLong, help: "Keep what the workspace uses, and nothing else.") var workspace = false
    @Flag(name: .shortAndLong, help: "Keep what the tips of all branches use.") var allBranches = false
    @Flag(name: [.customShort("T"), .long], help: "Keep what all tags use.") var allTags = false
    @Flag(name: [.customShort("A"), .long], help: "Keep what all commits use.") var allCommits = false
    @Flag(help: "Keep what all experiments use.") var allExperiments = false
    @Option(help: "Keep what this commit uses.") var rev: String?
    @Option(name: .shortAndLong, help: "Commits back from --rev or from each branch.") var num: Int?
    @Option(help: "Keep what commits since this day (yyyy-mm-dd) use.") var date: String?
    @Flag(help: "Keep only what the remote lacks.") var notInRemote = false
    @Flag(name: .shortAndLong, help: "Clean the remote too.") var cloud = false
    @Option(name: .shortAndLong, help: "The remote; the default one unless named.", completion: .remotes) var remote:
        String?
    @Flag(name: .shortAndLong, help: "Do not ask.") var force = false
    @Option(name: .shortAndLong, help: "Requests to the remote at a time.") var jobs: Int?
    @Option(name: .shortAndLong, parsing: .upToNextOption, help: "Keep what these other projects use.")
    var projects: [String] = []
    @Flag(help: "Name what would be removed.") var dry = false
    @Flag(help: "Pass over revisions that cannot be read.") var skipFailed = false

    func run() throws {
        let project = try options.openProject()
        let garbage = try garbageOptions()
        Console.note("WARNING: " + warning)
        if !force, !dry, !Console.ask("Are you sure you want to proceed?") {
            Console.note("hint: --dry names what would go, --force goes on without a question")
            throw ExitCode(1)
        }
        do {
            let removed = try project.locked {
                try project.collectGarbage(
                    garbage,
                    confirm: { force || dry || Console.confirm("The files of '\($0)' would be lost. Go on?") },
                    onFault: { Console.note("WARNING: skipped \($0)") }
                )
            }
            for place in removed { show(place) }
        } catch ProjectError.noRemote {
            try ErrorReport.ending(with: 251) { throw ProjectError.noRemote }
        }
    }

    /// The options as the project takes them; those that contradict each other are refused.
    private func garbageOptions() throws -> GarbageOptions {
        let scopes = [workspace, allBranches, allTags, allCommits, allExperiments, rev != nil, date != nil]
        if notInRemote, cloud { throw Refusal("--not-in-remote and --cloud exclude each other") }
        if !scopes.contains(true), num == nil {
            throw Refusal(
                "say what to keep: --workspace, --all-branches, --all-tags, --all-commits, --all-experiments, --date or"
                    + " --rev"
            )
        }
        if num ?? 0 != 0, rev == nil, !allBranches {
            throw Refusal("--num needs --rev or --all-branches")
        }
        var garbage = GarbageOptions()
        garbage.revisions = RevisionScope(allBranches: allBranches, allTags: allTags, allCommits: allCommits)
        garbage.revisions.allExperiments = allExperiments
        garbage.revisions.revisions = rev.map { [$0] } ?? []
        garbage.revisions.count = num.flatMap { $0 == 0 ? nil : $0 } ?? 1
        garbage.revisions.since = try date.map(Self.seconds)
        garbage.projects = projects
        garbage.onlyAbsent = notInRemote
        garbage.cleansRemotes = cloud
        garbage.remote = cloud || notInRemote ? remote : nil
        garbage.jobs = jobs.flatMap { $0 > 0 ? $0 : nil }
        garbage.isDryRun = dry
        garbage.skipsFailed = skipFailed
        return garbage
    }

    /// The first second of a day of the local time.
    private static func seconds(of day: String) throws -> Int {
        let parts = day.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, let year = Int32(parts[0]), let month = Int32(parts[1]),
            let number = Int32(parts[2]), (1...12).contains(month), (1...31).contains(number), year > 0
        else { throw Refusal("'\(day)' is not a day such as 2026-01-31") }
        var time = tm()
        time.tm_year = year - 1900
        time.tm_mon = month - 1
        time.tm_mday = number
        time.tm_isdst = -1
        return mktime(&time)
    }

    private var warning: String {
        var kept = ["the workspace"]
        let back = num.map { " with \($0) commit\($0 == 1 ? "" : "s") back" } ?? ""
        if allCommits {
            kept.append("all commits")
        } else {
            if allBranches { kept.append("all branches" + back) }
            if allTags { kept.append("all tags") }
            if let date { kept.append("all commits since \(date)") }
        }
        if let rev { kept.append(rev + back) }
        if allExperiments { kept.append("all experiments") }
        let places = cloud ? "the cache and the remote" : "the cache"
        let others = projects.isEmpty ? "" : " here and in " + projects.joined(separator: ", ")
        let absent = notInRemote ? ", as far as the remote lacks it" : ""
        return
            "this removes all data from \(places) but what is used in \(kept.joined(separator: ", "))\(others)\(absent)"
    }

    private func show(_ removed: GarbageRemoved) {
        if dry { options.say(removed.paths.map { "Removing \($0)\n" }.joined()) }
        let count = removed.paths.count
        switch (removed.place, count) {
        case (.cache, 0): options.say("No unused 'repo' cache to remove.\n")
        case (.legacyCache, 0): options.say("No unused 'legacy' cache to remove.\n")
        case (.remote, 0): options.say("No unused cache to remove from remote.\n")
        case (.cache, _): options.say("Removed \(count) objects from repo cache.\n")
        case (.legacyCache, _): options.say("Removed \(count) objects from legacy cache.\n")
        case (.remote, _): options.say("Removed \(count) objects from remote.\n")
        }
    }
}
