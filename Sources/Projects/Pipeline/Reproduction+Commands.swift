import Basics
import Glibc
import Pipelines

extension Reproduction {
    /// Runs the commands of a stage one after another; stops at the first that fails.
    func runCommands(of task: StageTask) throws {
        let stage = task.stage
        let name = graph.nodes[task.position].address
        let folder = stage.workingDirectory
        guard Files.isDirectory(folder) else { throw ProjectError.missingWorkingDirectory(project.shown(folder)) }
        say("Running stage '\(name)':\n")
        let channel = options.jobs > 1 ? try StageChannel(name, project.folder, observer) : nil
        for line in stage.commandLines {
            say(channel == nil ? "> \(line)\n" : "\(name) > \(line)\n")
            try run(line, name, folder, channel)
        }
    }

    private func run(_ line: String, _ name: String, _ folder: String, _ channel: StageChannel?) throws {
        var environment = ["DVC_STAGE": name]
        if !options.hasRoot { environment["DVC_ROOT"] = project.root }
        let streams = ChildProcess.Streams()
        let start = { [options] (streams: ChildProcess.Streams) throws in
            try ChildProcess.start(
                options.shell + [line],
                directory: folder,
                environment: environment,
                streams: streams,
                ownGroup: channel != nil
            )
        }
        let ending = try interruption.run {
            guard let channel else { return try start(streams) }
            return try channel.connect { try start($0) }
        }
        channel?.finish()
        switch ending {
        case .exited(0): return
        case .exited(let code): throw ProjectError.commandFailed(line, code)
        case .signaled(let number): throw ProjectError.commandFailed(line, -number)
        }
    }
}
