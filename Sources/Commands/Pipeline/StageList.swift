import ArgumentParser
import Projects
import Tracking

/// Lists stages with what they do.
struct StageList: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255

    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List stages.",
        discussion: "Example: apus stage list --all --name-only"
    )

    @OptionGroup var options: GlobalOptions
    @Flag(help: "List all stages of the project.") var all = false
    @Flag(help: "Fail on files that cannot be read instead of leaving them out.") var fail = false
    @Flag(name: [.customShort("R"), .long], help: "List all stages below a directory.") var recursive = false
    @Flag(name: [.long, .customLong("names-only")], help: "List names only.") var nameOnly = false
    @Argument(help: "Stages, groups, dvc.yaml or .dvc files, or with -R directories.", completion: .stages) var targets:
        [String] = []

    func run() throws {
        let project = try options.openProject()
        let listing = try project.stageList(
            all ? nil : targets.isEmpty ? ["dvc.yaml"] : targets,
            isRecursive: recursive,
            onFault: fail ? nil : { _ in }
        )
        Console.write(listing.text(namesOnly: nameOnly))
    }
}
