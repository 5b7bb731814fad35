import ArgumentParser
import OrderedCollections
import Projects
import Registry
import Values

/// What commands that make a tag share.
struct TagMakingOptions: ParsableArguments {
    @OptionGroup var options: GlobalOptions
    @Option(name: .shortAndLong, help: "What the tag says.") var message: String?
    @Flag(name: .shortAndLong, help: "Make the tag even where something speaks against it.") var force = false
    @Flag(inversion: .prefixedNo, help: "Make the name of the tag unique by a number at its end.")
    var counter: Bool?
    @Flag(help: "Send the tag to the Git remote.") var push = false
    @Option(help: ArgumentHelp("The Git remote for --push.", valueName: "name")) var gitRemote = "origin"
    @Flag(help: "Print JSON.") var json = false

    var settings: Project.TagOptions {
        var settings = Project.TagOptions()
        settings.message = message
        settings.isForced = force
        settings.isCounted = counter
        settings.remote = push ? gitRemote : nil
        return settings
    }

    func tell(_ made: Project.MadeTag, _ words: (String) -> String) {
        if json {
            let fields: Value.Map = [
                "name": .string("\(made.model)"), "version": made.version.map { .string($0) } ?? .null,
                "commit": .string(made.commit), "tag": .string(made.name), "pushed": .bool(made.isPushed),
            ]
            return Console.write(Value.map(fields).json() + "\n")
        }
        options.say(words("\(made.model)" + (made.version.map { " \($0)" } ?? "")) + " with tag '\(made.name)'\n")
        if !made.isPushed { options.say("To send it: git push \(gitRemote) '\(made.name)'\n") }
    }
}

struct ModelRegister: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "Register the model of a commit as a version.",
        discussion: "Example: apus model register digits --bump minor"
    )
    @OptionGroup var tag: TagMakingOptions
    @Option(help: "The version, such as v1.2.0; the next one without it.") var version: String?
    @Option(help: "Which number of the latest version grows: major, minor or patch.") var bump: SemanticVersion.Bump?
    @Argument(help: "The model, or NAME@VERSION.") var name: String
    @Argument(help: "The Git revision.") var rev = "HEAD"

    func run() throws {
        let reference = try ModelReference(name, version: version)
        var number: SemanticVersion?
        switch reference.selector {
        case .version(let version): number = version
        case nil: break
        default: throw Refusal("a version is registered under a number, such as \(reference.model)@v1.2.0")
        }
        if number != nil, bump != nil { throw Refusal("--bump can't be used with a version") }
        let project = try tag.options.openProject()
        let made = try project.register(
            reference.model,
            version: number,
            bump: bump,
            revision: rev == "HEAD" ? nil : rev,
            tag.settings
        )
        tag.tell(made) { "Registered \($0)" }
    }
}

extension SemanticVersion.Bump: ExpressibleByArgument {}

struct ModelAssign: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign",
        abstract: "Put a version of a model into a stage.",
        discussion: "Example: apus model assign digits@v1.2.0 prod"
    )
    @OptionGroup var tag: TagMakingOptions
    @Option(help: "The version; the latest without it.") var version: String?
    @Argument(help: "The model, NAME@VERSION or NAME#STAGE.") var name: String
    @Argument(help: "The stage.") var stage: String

    func run() throws {
        let reference = try ModelReference(name, version: version)
        let made = try tag.options.openProject().assign(reference, stage: stage, tag.settings)
        tag.tell(made) { "Assigned stage '\(stage)' to \($0)" }
    }
}

struct ModelUnassign: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unassign",
        abstract: "Take a version of a model out of a stage.",
        discussion: "Example: apus model unassign digits prod"
    )
    @OptionGroup var tag: TagMakingOptions
    @Option(help: "The version; the one that is in the stage without it.") var version: String?
    @Argument(help: "The model, or NAME@VERSION.") var name: String
    @Argument(help: "The stage.") var stage: String

    func run() throws {
        let reference = try ModelReference(name, version: version)
        let made = try tag.options.openProject().unassign(reference, stage: stage, tag.settings)
        tag.tell(made) { "Took \($0) out of stage '\(stage)'" }
    }
}

struct ModelDeregister: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deregister",
        abstract: "Take a version of a model back.",
        discussion: "Example: apus model deregister digits@v1.2.0"
    )
    @OptionGroup var tag: TagMakingOptions
    @Option(help: "The version.") var version: String?
    @Argument(help: "NAME@VERSION, or the model.") var name: String

    func run() throws {
        let reference = try ModelReference(name, version: version)
        if reference.selector == nil { throw Refusal("which version? name it as in \(reference.model)@v1.2.0") }
        let made = try tag.options.openProject().deregister(reference, tag.settings)
        tag.tell(made) { "Took back \($0)" }
    }
}

struct ModelDeprecate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deprecate",
        abstract: "Say that a model is not to be used any more.",
        discussion: "Example: apus model deprecate digits"
    )
    @OptionGroup var tag: TagMakingOptions
    @Argument(help: "The model.") var name: String

    func run() throws {
        let reference = try ModelReference(name)
        if reference.selector != nil {
            throw Refusal("a model is deprecated as a whole; to take a version back, use 'deregister'")
        }
        let made = try tag.options.openProject().deprecate(reference.model, tag.settings)
        tag.tell(made) { "Deprecated \($0)" }
    }
}
