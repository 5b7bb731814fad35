import ArgumentParser
import Basics
import Deployments
import Images
import Projects

/// Which target is meant.
struct TargetOptions: ParsableArguments {
    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("The apus.yaml.", valueName: "path"), completion: .file())
    var file: String?

    @Argument(help: "The target; the only one when there is just one.")
    var target: String?

    func deploymentFile() throws -> DeploymentFile {
        let directory = try options.workingDirectory()
        let path = file.map { Paths.absolute($0, from: directory) } ?? ServiceFile.find(from: directory)
        guard let path else { throw DeploymentError.noFile }
        return try DeploymentFile(path)
    }
}

/// What a target's objects are made from.
struct ManifestOptions: ParsableArguments {
    @OptionGroup var which: TargetOptions
    @OptionGroup var registry: ImageRegistryOptions

    @Option(
        help: ArgumentHelp("The image (default: the target's, or what 'image build --push' sent).", valueName: "ref")
    )
    var image: String?

    @Flag(help: "Name an image by its tag, and do not ask the registry for the digest.")
    var byTag = false

    @Option(help: ArgumentHelp("What runs the pods: deployment or kserve.", valueName: "engine"))
    var engine: String?

    /// The target as the command line wants it.
    func target(of file: DeploymentFile) throws -> Target {
        var target = try file.target(which.target)
        guard let engine else { return target }
        guard let value = Target.Engine(rawValue: engine) else {
            throw UsageError("'\(engine)' is no engine", hint: "deployment or kserve")
        }
        target.engine = value
        return target
    }

    /// The image that is meant, by its digest; a registry is asked what a tag means.
    func image(for target: Target, of file: DeploymentFile) throws -> String {
        let pushed = try file.pushedImage(try which.options.environment())
        guard let image = self.image ?? target.image ?? pushed else {
            throw DeploymentError.noImage(target: target.name)
        }
        if byTag || image.contains("@sha256:") { return image }
        let reference = try ImageReference(image)
        let registries = try registry.access()
        defer { registries.close() }
        return try Awaited.value { try await registries.resolve(reference).description }
    }

    func provenance(of target: Target, _ file: DeploymentFile) throws -> Provenance {
        Provenance.find(target, file, try which.options.environment())
    }
}
