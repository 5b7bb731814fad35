import ArgumentParser
import Basics
import Deployments
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

    @Option(help: ArgumentHelp("The image, as NAME@sha256:DIGEST; the target's own without it.", valueName: "ref"))
    var image: String?

    @Flag(help: "Take an image that is named by a tag.")
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

    /// The image that is meant, by its digest.
    func image(for target: Target, of file: DeploymentFile) throws -> String {
        guard let image = self.image ?? target.image ?? file.repository else {
            throw DeploymentError.noImage(target: target.name)
        }
        if !image.contains("@sha256:"), !byTag { throw DeploymentError.imageWithoutDigest(image) }
        return image
    }

    func provenance(of target: Target, _ file: DeploymentFile) throws -> Provenance {
        Provenance.find(target, file, try which.options.environment())
    }
}
