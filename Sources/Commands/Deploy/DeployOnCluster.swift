import ArgumentParser
import Basics
import Deployments
import Glibc
import Kubernetes
import Projects
import Synchronization

/// A target and the cluster that it runs in.
struct DeployedOptions: ParsableArguments {
    @OptionGroup var which: TargetOptions
    @OptionGroup var cluster: ClusterOptions

    /// Runs `body` with the target's deployer.
    func run<Value: Sendable>(_ body: @escaping @Sendable (Deployer) async throws -> Value) throws -> Value {
        let file = try which.deploymentFile()
        return try cluster.run(file.target(which.target), which.options, body)
    }
}

extension ClusterOptions {
    /// Runs `body` with a deployer for the target; the command line has precedence over the file.
    func run<Value: Sendable>(
        _ target: Target,
        _ options: GlobalOptions,
        _ body: @escaping @Sendable (Deployer) async throws -> Value
    ) throws -> Value {
        var place = self
        place.context = context ?? target.context
        place.namespace = namespace ?? target.namespace
        let access = try place.access()
        let isQuiet = options.quiet
        let say: @Sendable (String) -> Void = { if !isQuiet { Console.note($0) } }
        let interruption = Interruption()
        interruption.listen()
        do {
            return try Awaited.value(interruption) {
                try await Cluster.with(access, policy: Self.policy(say)) { cluster in
                    try await body(Deployer(cluster, target, say: say))
                }
            }
        } catch is CancellationError {
            Console.note("ERROR: interrupted; what was applied stays, and a rollout goes on by itself")
            throw ExitCode(Interruption.exitCode)
        }
    }

    /// An API server may be restarted in the middle of a deployment, which then waits for it and says so.
    private static func policy(_ say: @escaping @Sendable (String) -> Void) -> ClusterPolicy {
        var policy = ClusterPolicy()
        policy.patience = .seconds(60)
        let last = Mutex("")
        policy.onRetry = { error in
            let text = "\(error); trying again"
            let isNew = last.withLock { last in
                defer { last = text }
                return last != text
            }
            if isNew { say(text) }
        }
        return policy
    }
}

/// How a rollout is waited for.
struct WaitOptions: ParsableArguments {
    @Flag(help: "Wait until the new pods take requests, and say why when they do not.")
    var wait = false

    @Option(help: ArgumentHelp("How long to wait (default: the target's 'deadline').", valueName: "seconds"))
    var timeout: Int?

    func seconds(for target: Target) -> Int { max(1, min(timeout ?? target.deadline + 10, 86_400)) }

    /// Waits when asked to; throws for a rollout that failed.
    static func finish(_ deployer: Deployer, _ name: String? = nil, seconds: Int) async throws -> String {
        let outcome = try await deployer.waitForRollout(of: name, seconds: seconds)
        if let failure = deployer.failure(outcome, of: name) { throw failure }
        guard case .complete(let words) = outcome else { return "" }
        return words
    }
}
