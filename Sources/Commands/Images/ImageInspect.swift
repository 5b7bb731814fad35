import ArgumentParser
import Images
import OrderedCollections
import Projects
import Values

/// Shows what an image is made of.
struct ImageInspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show the manifest and configuration of an image.",
        discussion: "Example: apus image inspect registry.example.com/team/digits:1.0"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var registry: ImageRegistryOptions
    @OptionGroup var platform: PlatformOption

    @Flag(help: "Write the manifest as it is.")
    var raw = false

    @Argument(help: "A reference, a layout or an archive.")
    var place: String

    func run() throws {
        let registries = try registry.access()
        let place = try ImagePlace(place, directory: try options.workingDirectory())
        let (manifest, config) = try ImageTransfer(registries, platform: try platform.value()).inspect(place)
        registries.close()
        let text = String(decoding: manifest.bytes, as: UTF8.self)
        if raw { return Console.write(text) }
        var map: Value.Map = [
            "name": .string(place.description), "digest": .string(manifest.digest.description),
            "mediaType": .string(manifest.mediaType), "manifest": try Value(json: manifest.bytes),
        ]
        if let config { map["config"] = config.value }
        Console.write(Value.map(map).json(indent: 2) + "\n")
    }
}

/// Lists the tags of a repository.
struct ImageList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tags of a repository or layout; those of the images that were built when none is named.",
        discussion: "Example: apus image list registry.example.com/team/digits"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var registry: ImageRegistryOptions

    @Argument(help: "A repository or a layout.")
    var place: String?

    func run() throws {
        let registries = try registry.access()
        let tags: [String]
        if let place {
            let place = try ImagePlace(place, directory: try options.workingDirectory())
            tags = try ImageTransfer(registries).list(place)
        } else {
            let project = try options.openProject(orFolder: true)
            tags = try project.imageLayout(cache: try ImageBuild.cache()).tags()
        }
        registries.close()
        for tag in tags { Console.write(tag + "\n") }
    }
}

/// Removes an image from a registry.
struct ImageDelete: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Remove an image with all of its tags from a registry.",
        discussion: "Example: apus image delete registry.example.com/team/digits:old"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var registry: ImageRegistryOptions

    @Argument(help: "The image.")
    var reference: String

    func run() throws {
        let registries = try registry.access()
        let reference = try ImageReference(reference)
        if try !ImageTransfer(registries).delete(reference) { throw ImageError.missing("image '\(reference)'") }
        registries.close()
        options.say("removed \(reference)\n")
    }
}
