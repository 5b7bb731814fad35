import ArgumentParser
import Projects

/// Keeps stages and data as they are.
struct Freeze: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "freeze",
        abstract: "Keep stages or .dvc files as they are when pipelines are reproduced.",
        discussion: "Example: apus freeze train data.dvc"
    )

    @OptionGroup var options: GlobalOptions
    @Argument(help: "Stages or .dvc files.", completion: .stages) var targets: [String]

    func run() throws { try setFrozen(true, targets, options) }
}

/// Takes `freeze` back.
struct Unfreeze: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unfreeze",
        abstract: "Let stages or .dvc files be reproduced again.",
        discussion: "Example: apus unfreeze train"
    )

    @OptionGroup var options: GlobalOptions
    @Argument(help: "Stages or .dvc files.", completion: .stages) var targets: [String]

    func run() throws { try setFrozen(false, targets, options) }
}

/// Goes through all targets, also when one fails.
private func setFrozen(_ isFrozen: Bool, _ targets: [String], _ options: GlobalOptions) throws {
    let project = try options.openProject()
    var hasFailed = false
    for target in targets {
        do {
            let stage = try project.locked { try project.setFrozen(isFrozen, target) }
            if let name = stage.name {
                options.say("Modifying stage '\(name)' in '\(project.shown(stage.metafile))'\n")
            }
        } catch {
            hasFailed = true
            _ = ErrorReport(error, failureCode: 1).show()
        }
    }
    if hasFailed { throw ExitCode(1) }
}
