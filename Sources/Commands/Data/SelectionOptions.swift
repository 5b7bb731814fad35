import ArgumentParser
import Projects

/// How targets are read, for commands that take outputs and stages.
struct SelectionOptions: ParsableArguments {
    @Flag(name: [.customShort("d"), .long], help: "Include what the targets depend on.") var withDeps = false
    @Flag(name: [.customShort("R"), .long], help: "Take all below targets that are directories.") var recursive = false

    var targetOptions: Project.TargetOptions {
        Project.TargetOptions(withDependencies: withDeps, isRecursive: recursive)
    }
}
