import ArgumentParser
import Projects
import Registry

struct ModelGet: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Bring a model of this or another repository.",
        discussion: "Example: apus model get digits#prod --repo https://example.com/team/digits.git -o model.onnx"
    )
    @OptionGroup var registry: RegistryOptions
    @Option(help: "The model at a Git revision.") var rev: String?
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("A new name for it, or a folder to put it into.", valueName: "path"),
        completion: .file()
    )
    var out: String?
    @Flag(name: .shortAndLong, help: "Replace what is there.") var force = false
    @Option(help: "The repository's remote to take it from.") var remote: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("Files to bring at a time.", valueName: "number")) var jobs: Int?
    @Flag(help: "Print JSON.") var json = false
    @Argument(help: "NAME, NAME@VERSION, NAME@latest or NAME#STAGE.") var name: String

    func run() throws {
        let reference = try ModelReference(name, revision: rev)
        var settings = ModelSource.GetOptions()
        settings.destination = out
        settings.overwrites = force
        settings.remote = remote
        settings.jobs = jobs
        let delivered = try registry.source().get(reference, settings)
        if json { return Console.write(delivered.json(reference) + "\n") }
        let version = delivered.version ?? String(delivered.commit.prefix(7))
        registry.options.say(
            "Brought \(reference.model) \(version): \(delivered.count) file(s) in '\(delivered.path)'\n"
        )
    }
}

/// DVC's words for the same.
struct ArtifactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "artifacts",
        abstract: "Bring artifacts of projects.",
        discussion: "Example: apus artifacts get https://example.com/team/digits.git digits --stage prod",
        subcommands: [ArtifactsGet.self]
    )
}

struct ArtifactsGet: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Bring an artifact of a repository.",
        discussion: "Example: apus artifacts get https://example.com/team/digits.git digits --rev v1.2.0"
    )
    @OptionGroup var options: GlobalOptions
    @Option(help: ArgumentHelp("The version; the latest without it.", valueName: "version")) var rev: String?
    @Option(help: "The stage that it is in.") var stage: String?
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("A new name for it, or a folder to put it into.", valueName: "path"),
        completion: .file()
    )
    var out: String?
    @Flag(help: "Print where the remote has it, and do not bring it.") var showURL = false
    @Option(name: .shortAndLong, help: ArgumentHelp("Files to bring at a time.", valueName: "number")) var jobs: Int?
    @Flag(name: .shortAndLong, help: "Replace what is there.") var force = false
    @Option(help: ArgumentHelp("Not supported.", visibility: .hidden)) var config: String?
    @Option(help: "The repository's remote to take it from.") var remote: String?
    @Option(parsing: .upToNextOption, help: ArgumentHelp("Not supported.", visibility: .hidden))
    var remoteConfig: [String] = []
    @Argument(help: "The repository: a folder or a URL.", completion: .directory) var url: String
    @Argument(help: "The artifact, FOLDER:NAME when its dvc.yaml is in a folder.") var name: String

    func run() throws {
        if config != nil || !remoteConfig.isEmpty {
            throw Refusal("--config and --remote-config are not supported yet; set the remote up in the repository")
        }
        if rev != nil, stage != nil { throw Refusal("an artifact is chosen by its version or its stage, not by both") }
        let reference = try ModelReference(name, version: rev, stage: stage)
        let source = try ModelSource(url, options.environment())
        if showURL {
            let address = try source.address(of: reference, remote: remote, needsVersion: true)
            return Console.write(address + "\n")
        }
        var settings = ModelSource.GetOptions()
        settings.destination = out
        settings.overwrites = force
        settings.remote = remote
        settings.jobs = jobs
        settings.needsVersion = true
        let delivered = try source.get(reference, settings)
        options.say("Downloaded \(delivered.count) file(s) to '\(delivered.path)'\n")
    }
}
