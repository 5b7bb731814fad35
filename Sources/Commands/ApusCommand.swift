package import ArgumentParser
import Glibc

/// The `apus` program: all subcommands under DVC's names.
package struct ApusCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "apus",
        abstract: "Versions data and models in a DVC project, many times faster.",
        discussion: "Example: apus init && apus add data && apus push",
        version: Version.number,
        groupedSubcommands: [
            CommandGroup(name: "Project", subcommands: [Init.self, Config.self, Root.self, Version.self]),
            CommandGroup(
                name: "Data",
                subcommands: [
                    Add.self, Checkout.self, Commit.self, Status.self, Move.self, Remove.self, Unprotect.self,
                ]
            ),
            CommandGroup(
                name: "Pipelines",
                subcommands: [StageCommand.self, Repro.self, Dag.self, Freeze.self, Unfreeze.self]
            ),
            CommandGroup(
                name: "Tracking",
                subcommands: [ParametersCommand.self, MetricsCommand.self, Diff.self, DataCommand.self]
            ),
            CommandGroup(name: "Sharing", subcommands: [RemoteCommand.self, Push.self, Pull.self, Fetch.self]),
            CommandGroup(name: "Maintenance", subcommands: [GarbageCollection.self]),
        ]
    )

    package init() {}

    /// Runs the program's arguments and ends the process with DVC's exit codes.
    package static func runToExit() -> Never {
        var failureCode: Int32 = 1
        do {
            var command = try parseAsRoot(OptionalValues.spelledOut(CommandLine.arguments.dropFirst()))
            if !type(of: command).configuration.subcommands.isEmpty {
                // A group of commands does nothing by itself.
                Console.note(helpMessage(for: type(of: command)))
                Glibc.exit(254)
            }
            failureCode = (type(of: command) as? any FailureCoded.Type)?.failureCode ?? 1
            try command.run()
            Glibc.exit(0)
        } catch let code as ExitCode {
            Glibc.exit(code.rawValue)
        } catch {
            let message = fullMessage(for: error)
            let isUsage = isUsage(error)
            Glibc.exit(ErrorReport(error, fullMessage: message, isUsage: isUsage, failureCode: failureCode).show())
        }
    }

    private static func isUsage(_ error: any Error) -> Bool {
        exitCode(for: error) == .validationFailure || exitCode(for: error) == .success
    }
}
