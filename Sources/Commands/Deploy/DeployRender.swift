import ArgumentParser
import Basics
import Deployments
import Projects

/// Shows the objects of a target.
struct DeployRender: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Write a target's Kubernetes objects, for review or for kustomize.",
        discussion: """
            Example: apus deploy render production --output deploy/production

            No cluster is asked: objects are in the newest versions of the API, or in those of --kube-version.
            """
    )

    @OptionGroup var manifest: ManifestOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write files with a kustomization.yaml into a folder.", valueName: "folder"),
        completion: .directory
    )
    var output: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("The namespace.", valueName: "name"))
    var namespace: String?

    @Option(help: ArgumentHelp("The cluster's version of Kubernetes, such as 1.29.", valueName: "version"))
    var kubeVersion: String?

    func run() throws {
        let file = try manifest.which.deploymentFile()
        let target = try manifest.target(of: file)
        var offer = APIOffer()
        if let kubeVersion {
            guard let found = APIOffer(text: kubeVersion) else { throw DeploymentError.invalidVersion(kubeVersion) }
            offer = found
        }
        let rendering = Rendering(
            target,
            image: try manifest.image(for: target, of: file),
            provenance: try manifest.provenance(of: target, file),
            offer: offer,
            namespace: namespace
        )
        let manifests = try rendering.manifests()
        guard let output else { return Console.write(ManifestText.yaml(manifests)) }
        let folder = Paths.absolute(output, from: try manifest.which.options.workingDirectory())
        let changes = try ManifestFolder.write(manifests, to: folder)
        for change in changes { manifest.which.options.say("\(change)\n") }
    }
}
