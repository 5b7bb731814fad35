import ArgumentParser

/// Images: built of services, sent to registries and fetched from them.
struct ImageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image",
        abstract: "Build OCI images of services, without Docker, and bring them to registries.",
        discussion: "Example: apus image build --push",
        subcommands: [
            ImageBuild.self, ImagePush.self, ImagePull.self, ImageCopy.self, ImageInspect.self, ImageList.self,
            ImageDelete.self,
        ]
    )
}
