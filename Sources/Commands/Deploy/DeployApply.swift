import ArgumentParser
import Basics
import Deployments
import Glibc
import Projects

/// Brings a target to its cluster.
struct DeployApply: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Apply a target's objects by server-side apply, and wait for the rollout.",
        discussion: """
            Example: apus deploy apply production --wait --rollback-on-failure

            Nothing is applied unless the cluster takes all of it. Without --wait the rollout goes on by itself.
            """
    )

    @OptionGroup var manifest: ManifestOptions
    @OptionGroup var cluster: ClusterOptions
    @OptionGroup var waiting: WaitOptions

    @Flag(help: "Go back to the revision before when the rollout fails (with --wait).")
    var rollbackOnFailure = false

    @Flag(help: "Take over fields that others have set.")
    var force = false

    @Flag(help: "Make the namespace when it is missing.")
    var createNamespace = false

    @Option(
        help: ArgumentHelp("Run the new version beside the old one, for a share of requests.", valueName: "percent")
    )
    var canary: Int?

    func run() throws {
        if let canary, !(1...99).contains(canary) { throw UsageError("--canary takes a percentage from 1 to 99") }
        let file = try manifest.which.deploymentFile()
        let target = try manifest.target(of: file)
        let image = try manifest.image(for: target, of: file)
        var provenance = try manifest.provenance(of: target, file)
        provenance.sign(Self.user(in: Paths.parent(file.path)))
        let seconds = waiting.wait || rollbackOnFailure ? waiting.seconds(for: target) : nil
        let (signed, options) = (provenance, self)
        try cluster.run(target, manifest.which.options) { deployer in
            try await options.apply(deployer, image, signed, seconds)
        }
    }

    private func apply(_ deployer: Deployer, _ image: String, _ provenance: Provenance, _ seconds: Int?) async throws {
        let target = deployer.target
        var rendering = Rendering(
            target,
            image: image,
            provenance: provenance,
            offer: try await deployer.offer(),
            namespace: deployer.namespace
        )
        rendering.canary = target.engine == .kserve ? canary : nil
        let manifests = try rendering.manifests()
        let say = manifest.which.options
        if let canary, target.engine == .deployment {
            say.say(try await deployer.applyCanary(manifests, percent: canary, force: force) + "\n")
            guard let seconds else { return }
            let name = Derivation.canaryName(target.objectName)
            let words = try await WaitOptions.finish(deployer, name, seconds: seconds)
            return say.say("\(name): \(words)\n")
        }
        let plan = try await deployer.plan(manifests, force: force, makesNamespace: createNamespace)
        let applied = try await deployer.apply(plan, force: force)
        for entry in applied { say.say("\(entry.change) \(entry.title)\n") }
        guard let seconds else { return }
        if target.engine == .kserve {
            return say.say("\(target.objectName): \(try await deployer.waitForInferenceService(seconds: seconds))\n")
        }
        do {
            say.say("\(target.objectName): \(try await WaitOptions.finish(deployer, seconds: seconds))\n")
        } catch let error as DeploymentError where rollbackOnFailure {
            // Of what cannot be seen it is not known that it failed.
            if case .unwatched = error { throw error }
            throw try await rollBack(deployer, plan.revision, error, seconds)
        }
    }

    /// Goes back, and gives the error to end with.
    private func rollBack(
        _ deployer: Deployer,
        _ before: Int?,
        _ error: DeploymentError,
        _ seconds: Int
    ) async throws -> DeploymentError {
        guard let before else {
            return .rolledBack(error.description, "there is no earlier revision to go back to, so it stays", error.hint)
        }
        Console.note("the rollout failed; going back to revision \(before)")
        do {
            _ = try await deployer.rollback(to: before)
            let words = try await WaitOptions.finish(deployer, seconds: seconds)
            return .rolledBack(error.description, "rolled back to revision \(before): \(words)", error.hint)
        } catch DeploymentError.unknownRevision {
            return .rolledBack(error.description, "revision \(before) is what fails, so it stays", error.hint)
        } catch let second as any HintedError {
            return .rolledBack(
                error.description,
                "rolling back to revision \(before) failed, too: \(second)",
                second.hint
            )
        }
    }

    /// Who deploys: as a CI system says, as Git knows, or the user of this machine.
    private static func user(in folder: String) -> String? {
        for name in ["GITHUB_ACTOR", "GITLAB_USER_LOGIN"] {
            if let user = GlobalOptions.variable(name) { return user }
        }
        let result = try? ChildProcess.run(["git", "config", "user.email"], directory: folder)
        if let result, result.ending.isSuccess {
            let text = String(decoding: result.output, as: UTF8.self).split(separator: "\n").first.map(String.init)
            if let text, !text.isEmpty { return text }
        }
        return GlobalOptions.variable("USER") ?? getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) }
    }
}

/// Shows what applying would change.
struct DeployDiff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what 'apply' would change in the cluster, as the cluster itself says.",
        discussion: "Example: apus deploy diff production"
    )

    @OptionGroup var manifest: ManifestOptions
    @OptionGroup var cluster: ClusterOptions

    @Flag(help: "Take over fields that others have set.")
    var force = false

    @Flag(help: "End with code 1 when something would change.")
    var exitCode = false

    func run() throws {
        let file = try manifest.which.deploymentFile()
        let target = try manifest.target(of: file)
        let image = try manifest.image(for: target, of: file)
        let provenance = try manifest.provenance(of: target, file)
        let isForced = force
        let differences = try cluster.run(target, manifest.which.options) { deployer in
            let rendering = Rendering(
                target,
                image: image,
                provenance: provenance,
                offer: try await deployer.offer(),
                namespace: deployer.namespace
            )
            return try await deployer.differences(rendering.manifests(), force: isForced)
        }
        for difference in differences {
            let name = difference.title
            Console.write("--- \(difference.isNew ? "/dev/null" : name)\n+++ \(name)\n\(difference.text)")
        }
        if exitCode, !differences.isEmpty { throw ExitCode(1) }
    }
}
