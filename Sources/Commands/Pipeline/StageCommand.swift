import ArgumentParser

/// Adds and lists stages of pipelines.
struct StageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stage",
        abstract: "Add and list stages of pipelines.",
        discussion: "Example: apus stage add -n train -d train.py -o model.pkl python train.py",
        subcommands: [StageAdd.self, StageList.self]
    )
}
