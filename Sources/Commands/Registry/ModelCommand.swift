import ArgumentParser
import Projects
import Registry
import Tables
import Tracking
import Values

/// The model registry: artifacts of `dvc.yaml`, versioned by Git tags.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Register, stage and hand out models.",
        discussion: "Example: apus model register digits && apus model assign digits prod",
        subcommands: [
            ModelListCommand.self, ModelShow.self, ModelHistoryCommand.self, ModelAdd.self, ModelRegister.self,
            ModelAssign.self, ModelUnassign.self, ModelDeregister.self, ModelDeprecate.self, ModelGet.self,
            ModelExportCommand.self, ModelImportCommand.self,
        ]
    )
}

/// Which repository is asked.
struct RegistryOptions: ParsableArguments {
    @OptionGroup var options: GlobalOptions
    @Option(
        help: ArgumentHelp("Ask another Git repository: a folder or a URL.", valueName: "url"),
        completion: .directory
    )
    var repo: String?

    func source() throws -> ModelSource { try ModelSource(repo, options.environment()) }
}

struct ModelListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List models with their latest versions and stages.",
        discussion: "Example: apus model list",
        aliases: ["ls"]
    )
    @OptionGroup var registry: RegistryOptions
    @Flag(name: .shortAndLong, help: "Deprecated models, too.") var deprecated = false
    @Flag(help: "Print JSON.") var json = false
    @Flag(help: "Print a Markdown table.") var md = false

    func run() throws {
        let list = try registry.source().list(includingDeprecated: deprecated)
        if json { return Console.write(list.json.json() + "\n") }
        Console.write(list.text(md ? .markdown : .plain))
        if list.models.isEmpty, !md {
            registry.options.note("no models; declare one with 'apus model add NAME PATH'")
        }
    }
}

struct ModelShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a model and its versions, or one of them.",
        discussion: "Example: apus model show digits@v1.2.0"
    )
    @OptionGroup var registry: RegistryOptions
    @Flag(name: .shortAndLong, help: "Versions that were taken back, too.") var deprecated = false
    @Flag(help: "Print JSON.") var json = false
    @Option(help: "The model at a Git revision.") var rev: String?
    @Argument(help: "NAME, NAME@VERSION, NAME@latest or NAME#STAGE.") var name: String

    func run() throws {
        let reference = try ModelReference(name, revision: rev)
        let details = try registry.source().show(reference, includingInactive: deprecated)
        Console.write(json ? details.json.json() + "\n" : details.text)
    }
}

struct ModelHistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show what was registered, assigned and taken back, the newest first.",
        discussion: "Example: apus model history digits"
    )
    @OptionGroup var registry: RegistryOptions
    @Flag(name: .customLong("ascending"), help: "The oldest first.") var ascending = false
    @Flag(help: "Print JSON.") var json = false
    @Argument(help: "The model; all without one.") var name: String?

    func run() throws {
        let model = try name.map { try ModelReference($0).model }
        let journal = try registry.source().journal(of: model, ascending: ascending)
        Console.write(json ? journal.json.json() + "\n" : journal.text)
    }
}

extension GlobalOptions {
    /// Talks to the user beside the answer.
    func note(_ text: String) {
        if !quiet { Console.note(text) }
    }
}
