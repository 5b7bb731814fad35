import ArgumentParser
import Images
import Projects

/// Copies an image from one place to another.
struct ImageCopy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy an image between registries, layouts and archives.",
        discussion: """
            Example: apus image copy ghcr.io/team/digits:1.0 registry.example.com/digits:1.0

            A place is a reference, oci:FOLDER[:TAG], oci-archive:FILE, or the path of a layout or archive.
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var registry: ImageRegistryOptions
    @OptionGroup var platform: PlatformOption

    @Argument(help: "The image.")
    var source: String

    @Argument(help: "Where to.")
    var target: String

    func run() throws {
        let directory = try options.workingDirectory()
        let registries = try registry.access()
        let transfer = ImageTransfer(registries, platform: try platform.value())
        let target = try ImagePlace(target, directory: directory)
        let image = try transfer.copy(from: try ImagePlace(source, directory: directory), to: target)
        registries.close()
        if case .registry = target, !options.quiet { Console.note(image.report.text) }
        Console.write("\(image.manifest.digest)\n")
    }
}

/// Which image of several.
struct PlatformOption: ParsableArguments {
    @Option(help: ArgumentHelp("Of several platforms only this one.", valueName: "system/processor"))
    var platform: String?

    func value() throws -> Platform? { try platform.map { try Platform($0) } }
}

/// Fetches an image into a layout or archive.
struct ImagePull: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Fetch an image from a registry into a layout or archive.",
        discussion: "Example: apus image pull debian:12 --layout base --platform linux/amd64"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var registry: ImageRegistryOptions
    @OptionGroup var platform: PlatformOption

    @Argument(help: "The image.")
    var reference: String

    @Option(help: ArgumentHelp("The layout, which may have other images.", valueName: "folder"), completion: .directory)
    var layout: String?

    @Option(help: ArgumentHelp("The archive.", valueName: "file"), completion: .file())
    var tar: String?

    func run() throws {
        let directory = try options.workingDirectory()
        guard let place = layout.map({ "oci:" + $0 }) ?? tar.map({ "oci-archive:" + $0 }),
            (layout == nil) != (tar == nil)
        else {
            throw Refusal("where to? give --layout or --tar")
        }
        let registries = try registry.access()
        let transfer = ImageTransfer(registries, platform: try platform.value())
        let source = ImagePlace.registry(try ImageReference(reference))
        let image = try transfer.copy(from: source, to: try ImagePlace(place, directory: directory))
        registries.close()
        Console.write("\(image.manifest.digest)\n")
    }
}
