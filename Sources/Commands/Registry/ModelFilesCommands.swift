import ArgumentParser
import OrderedCollections
import Projects
import Registry
import Values

struct ModelAdd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Declare a model in dvc.yaml.",
        discussion: "Example: apus model add digits model/digits.onnx --desc 'handwritten digits' --label onnx"
    )
    @OptionGroup var options: GlobalOptions
    @Option(help: "What kind of artifact it is.") var type = "model"
    @Option(help: "What it is, for people.") var desc: String?
    @Option(help: ArgumentHelp("A label; may be given several times.", valueName: "label")) var label: [String] = []
    @Flag(name: .shortAndLong, help: "Change an artifact of this name.") var force = false
    @Argument(help: "Its name.") var name: String
    @Argument(help: "Its file or directory: an output, or a file in Git.", completion: .file()) var path: String

    func run() throws {
        let project = try options.openProject()
        var artifact = Project.NewArtifact(name: name, path: path)
        artifact.type = type
        artifact.description = desc
        artifact.labels = label
        let file = try project.locked { try project.addArtifact(artifact, replacing: force) }
        options.say("Declared '\(name)' in '\(file)'\n")
        try ChangedFiles(files: [file]).settle(project, options)
    }
}

struct ModelExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write an archive of a model, the same bytes each time.",
        discussion: "Example: apus model export digits@v1.2.0 -o digits.tar.gz"
    )
    @OptionGroup var registry: RegistryOptions
    @Option(help: "The model at a Git revision.") var rev: String?
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The archive: .tar.gz, .tar.xz, .tar or .bentomodel.", valueName: "path"),
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
        var settings = ModelSource.ExportOptions()
        settings.destination = out
        settings.overwrites = force
        settings.get.remote = remote
        settings.get.jobs = jobs
        if let text = GlobalOptions.variable("SOURCE_DATE_EPOCH") {
            guard let time = Int(text), time >= 0 else { throw Refusal("SOURCE_DATE_EPOCH is no number of seconds") }
            settings.time = time
        }
        let delivered = try registry.source().export(reference, settings)
        if json { return Console.write(delivered.json(reference) + "\n") }
        let version = delivered.version ?? String(delivered.commit.prefix(7))
        registry.options.say("Exported \(reference.model) \(version) to '\(delivered.path)'\n")
    }
}

extension ModelSource.Delivered {
    /// What a program wants to know.
    func json(_ reference: ModelReference) -> String {
        let fields: Value.Map = [
            "name": .string("\(reference.model)"), "version": version.map { .string($0) } ?? .null,
            "commit": .string(commit), "path": .string(path), "nfiles": .int(count),
        ]
        return Value.map(fields).json()
    }
}

struct ModelImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take a model over from BentoML.",
        discussion: "Example: apus model import model/celestial_bodies_classifier_model.bentomodel"
    )
    @OptionGroup var options: GlobalOptions
    @Option(help: "The name of the artifact; that in the archive without it.") var name: String?
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The folder for its files; models/NAME without it.", valueName: "path"),
        completion: .directory
    )
    var out: String?
    @Flag(inversion: .prefixedNo, help: "Put its data under version control.") var add = true
    @Flag(name: .shortAndLong, help: "Replace what is there.") var force = false
    @Option(help: ArgumentHelp("The bytes that its files may have together.", valueName: "bytes")) var maxSize: Int?
    @Flag(help: "Print JSON.") var json = false
    @Argument(help: "A .bentomodel file, another tar archive, or a folder.", completion: .file()) var file: String

    func run() throws {
        let project = try options.openProject()
        var settings = Project.ImportOptions()
        settings.name = name
        settings.destination = out
        settings.adds = add
        settings.overwrites = force
        if let maxSize { settings.limit = max(0, maxSize) }
        let imported = try project.locked { try project.importModel(file, settings) }
        imported.changes.warn()
        for (name, reason) in imported.left { Console.note("WARNING: left behind: '\(name)': \(reason)") }
        for warning in imported.warnings { Console.note("WARNING: " + warning) }
        if json {
            let left = imported.left.map { Value.map(["name": .string($0.name), "reason": .string($0.reason)]) }
            let fields: Value.Map = [
                "name": .string(imported.name), "path": .string(imported.path),
                "files": .list(imported.files.map { .string($0) }), "left": .list(left),
            ]
            return Console.write(Value.map(fields).json() + "\n")
        }
        options.say("Imported '\(imported.name)' to '\(imported.path)'\n")
        try ChangedFiles(files: imported.changes.files).settle(project, options)
    }
}
