import ArgumentParser

/// Services on Kubernetes.
struct DeployCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Run services on Kubernetes: render, apply, watch, roll back.",
        discussion: """
            Example: apus deploy apply production --wait

            Targets are described under 'deploy:' in apus.yaml (docs/deploy.md).
            """,
        subcommands: [
            DeployRender.self, DeployDiff.self, DeployApply.self, DeployStatus.self, DeployLogs.self, DeployOpen.self,
            DeployHistory.self, DeployRollback.self, DeployPromote.self, DeployDelete.self,
        ]
    )
}
