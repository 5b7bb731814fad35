import ArgumentParser
import Basics
import Deployments
import Kubernetes
import Projects
import Values

/// Shows how a target stands.
struct DeployStatus: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how a deployment stands: revision, pods, and what keeps them from being ready.",
        discussion: "Example: apus deploy status production"
    )
    @OptionGroup var deployed: DeployedOptions
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let status = try deployed.run { try await $0.status() }
        Console.write(json ? status.json.json() + "\n" : status.text)
    }
}

/// Shows the revisions of a target.
struct DeployHistory: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show the revisions: Git commit, model version, image, by whom and when.",
        discussion: "Example: apus deploy history production"
    )
    @OptionGroup var deployed: DeployedOptions
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let history = DeploymentHistory(try deployed.run { try await $0.history() })
        Console.write(json ? history.json.json() + "\n" : history.text)
    }
}

/// Shows what pods write.
struct DeployLogs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs",
        abstract: "Show the logs of a deployment's pods.",
        discussion: "Example: apus deploy logs production --follow"
    )
    @OptionGroup var deployed: DeployedOptions
    @Flag(name: .shortAndLong, help: "Go on as lines come.") var follow = false
    @Flag(help: "Those of the containers that ran before.") var previous = false
    @Option(help: ArgumentHelp("The last lines of each pod.", valueName: "lines")) var tail: Int?

    func run() throws {
        var options = Kubernetes.LogOptions()
        options.follow = follow
        options.previous = previous
        options.tail = tail
        let chosen = options
        try deployed.run { deployer in
            try await deployer.logs(chosen) { pod, line in
                Console.write((pod.map { "[\($0)] " } ?? "") + line + "\n")
            }
        }
    }
}

/// Makes a pod's port one of this machine.
struct DeployOpen: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Reach a deployment from this machine, until interrupted.",
        discussion: "Example: apus deploy open production"
    )
    @OptionGroup var deployed: DeployedOptions
    @Option(name: .shortAndLong, help: "The port of this machine; 0 for a free one.") var port = 0

    func run() throws {
        guard (0...65_535).contains(port) else { throw UsageError("ports are numbers up to 65535") }
        let local = port
        try deployed.run { deployer in
            let pod = try await deployer.readyPod()
            let forward = try await deployer.cluster.forward(
                pod: pod,
                namespace: deployer.namespace,
                port: deployer.target.port,
                localPort: local,
                onProblem: { deployer.say("\($0)") }
            )
            Console.write("http://127.0.0.1:\(forward.localPort) leads to \(pod)\n")
            // The signal that ends the command ends the task.
            while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
            await forward.stop()
        }
    }
}

/// Goes back to an earlier revision.
struct DeployRollback: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Go back to the revision before, or to the one of a number.",
        discussion: "Example: apus deploy rollback production --to 3 --wait"
    )
    @OptionGroup var deployed: DeployedOptions
    @OptionGroup var waiting: WaitOptions
    @Option(help: ArgumentHelp("The revision, as 'apus deploy history' numbers it.", valueName: "revision")) var to:
        Int?

    func run() throws {
        let (number, waiting, options) = (to, waiting, deployed.which.options)
        try deployed.run { deployer in
            let revision = try await deployer.rollback(to: number)
            options.say("going back to revision \(revision.number), \(revision.image)\n")
            if !waiting.wait { return }
            let words = try await WaitOptions.finish(deployer, seconds: waiting.seconds(for: deployer.target))
            options.say("\(deployer.target.objectName): \(words)\n")
        }
    }
}

/// Makes a canary the stable version.
struct DeployPromote: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote",
        abstract: "Make the canary's version the one of all pods, and end the canary.",
        discussion: "Example: apus deploy promote production"
    )
    @OptionGroup var deployed: DeployedOptions
    @OptionGroup var waiting: WaitOptions
    @Flag(help: "Take over fields that others have set.") var force = false

    func run() throws {
        let (isForced, waiting, options) = (force, waiting, deployed.which.options)
        try deployed.run { deployer in
            try await deployer.promote(force: isForced)
            // The canary goes only when the stable pods have its version.
            let words = try await WaitOptions.finish(deployer, seconds: waiting.seconds(for: deployer.target))
            _ = try await deployer.removeCanary()
            options.say("\(deployer.target.objectName): \(words); the canary has ended\n")
        }
    }
}

/// Removes a target from its cluster.
struct DeployDelete: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete all objects of a target, or its canary alone.",
        discussion: "Example: apus deploy delete staging --yes"
    )
    @OptionGroup var deployed: DeployedOptions
    @Flag(help: "Only the canary.") var canary = false
    @Flag(name: .shortAndLong, help: "Do not ask.") var yes = false
    @Option(help: ArgumentHelp("How long to wait for the pods' end.", valueName: "seconds")) var timeout = 120

    func run() throws {
        let file = try deployed.which.deploymentFile()
        let target = try file.target(deployed.which.target)
        let what = canary ? "the canary of '\(target.objectName)'" : "'\(target.objectName)'"
        if !yes, !Console.confirm("Delete \(what)?") { throw Refusal("nothing was deleted; --yes does not ask") }
        let (isCanary, seconds) = (canary, max(0, min(timeout, 86_400)))
        let deleted = try deployed.run { deployer in
            if isCanary { return try await deployer.removeCanary() ? [what] : [] }
            return try await deployer.delete(seconds: seconds)
        }
        for name in deleted { deployed.which.options.say("deleted \(name)\n") }
        if deleted.isEmpty { deployed.which.options.note("there was nothing to delete") }
    }
}
