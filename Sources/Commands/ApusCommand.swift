package import ArgumentParser
import Basics

/// The `apus` program: all subcommands under DVC's names.
package struct ApusCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "apus",
        abstract: "Versions data, reproduces pipelines, serves models and deploys them, on the files of DVC and OCI.",
        discussion: "Example: apus init && apus add data && apus push",
        version: Version.number,
        groupedSubcommands: [
            CommandGroup(
                name: "Project",
                subcommands: [
                    Init.self, Config.self, Install.self, CheckIgnore.self, Root.self, Destroy.self, Version.self,
                    Completion.self, GitHook.self,
                ]
            ),
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
            CommandGroup(
                name: "Models",
                subcommands: [ModelCommand.self, ArtifactsCommand.self, Serve.self, Infer.self]
            ),
            CommandGroup(
                name: "Deployment",
                subcommands: [ImageCommand.self, DeployCommand.self, ClusterCommand.self]
            ),
            CommandGroup(
                name: "Maintenance",
                subcommands: [
                    GarbageCollection.self, CacheCommand.self, List.self, ListURL.self, DiskUsageCommand.self,
                ]
            ),
        ]
    )

    package init() {}

    /// Runs the program's arguments and ends the process with DVC's exit codes.
    package static func runToExit() -> Never {
        Console.holdPlaces()
        Temporaries.endCleanly()
        let invocation = Invocation(OptionalValues.spelledOut(CommandLine.arguments.dropFirst()))
        do {
            if let error = invocation.unknownCommand { throw error }
            if invocation.isIncomplete {
                Console.note(helpMessage(for: invocation.command))
                Console.exit(254)
            }
            var command = try parse(invocation)
            try command.run()
            Console.exit(0)
        } catch let code as ExitCode {
            Console.exit(code.rawValue)
        } catch {
            Console.exit(report(error, of: invocation.command).show())
        }
    }

    /// Parses with the one command that is named, which is quicker than with all; they are asked for a better message
    /// when that fails.
    private static func parse(_ invocation: Invocation) throws -> any ParsableCommand {
        if invocation.command != ApusCommand.self {
            // A request for help, which is another command, is to name the program, too.
            let command = try? invocation.command.parseAsRoot(invocation.rest)
            if let command, type(of: command) == invocation.command { return command }
        }
        return try parseAsRoot(invocation.arguments)
    }

    private static func report(_ error: any Error, of command: any ParsableCommand.Type) -> ErrorReport {
        let code = exitCode(for: error)
        if code == .validationFailure || code == .success {
            return ErrorReport(parsing: fullMessage(for: error), isHelp: code == .success)
        }
        return ErrorReport(error, failureCode: (command as? any FailureCoded.Type)?.failureCode ?? 1)
    }
}
