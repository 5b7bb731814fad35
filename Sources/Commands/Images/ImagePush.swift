import ArgumentParser
import Basics
import Images
import Projects

/// Sends an image that was built to a registry.
struct ImagePush: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Send an image that was built, or one of a layout or archive, to a registry.",
        discussion: """
            Example: apus image push registry.example.com/team/digits:1.0

            Without --from, it is the image that 'apus image build' made last, or the last that it made under this name.
            """
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var registry: ImageRegistryOptions

    @Argument(help: "Where to (default: the name that the image was built with).")
    var reference: String?

    @Option(help: ArgumentHelp("A layout or archive.", valueName: "place"), completion: .file())
    var from: String?

    func run() throws {
        let registries = try registry.access()
        let target = try reference.map { try ImageReference($0) }
        if let from {
            guard let target else { throw Refusal("where to? apus image push --from \(from) registry/name:tag") }
            let source = try ImagePlace(from, directory: try options.workingDirectory())
            let image = try ImageTransfer(registries).copy(from: source, to: .registry(target))
            registries.close()
            return show(target, image.manifest, image.report)
        }
        let project = try options.openProject(orFolder: true)
        let layout = try project.imageLayout(cache: try ImageBuild.cache())
        let (manifest, name) = try layout.lastImage(target, of: project.root)
        guard let reference = try target ?? name.map({ try ImageReference($0) }) else {
            throw Refusal("where to? apus image push registry/name:tag")
        }
        let report = try ImageDelivery(layout: layout, manifest: manifest).push(to: reference, registries)
        registries.close()
        show(reference, manifest, report)
    }

    private func show(_ reference: ImageReference, _ manifest: Manifest, _ report: TransferReport) {
        if !options.quiet { Console.note(report.text) }
        Console.write("\(reference)@\(manifest.digest)\n")
    }
}
