import ArgumentParser
import ObjectStore
import Projects
import Tracking

/// Makes the workspace what the metafiles record.
struct Checkout: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255

    static let configuration = CommandConfiguration(
        commandName: "checkout",
        abstract: "Make data in the workspace what is recorded.",
        discussion: "Example: git checkout v1 && apus checkout"
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var selection: SelectionOptions
    @Flag(help: "Print a summary only.") var summary = false
    @Flag(name: .shortAndLong, help: "Overwrite and delete data that is not in the cache.") var force = false
    @Flag(help: "Link files to the cache anew.") var relink = false
    @Flag(help: "Pass over data that is not in the cache.") var allowMissing = false
    @Argument(help: "Only these outputs or .dvc files.", completion: .targets) var targets: [String] = []

    func run() throws {
        let project = try options.openProject()
        let outcome = try project.locked {
            try project.checkout(targets, selection.targetOptions, relink: relink, loss: LossPolicy(force: force))
        }
        for path in outcome.kept {
            Console.note("WARNING: '\(path)' belongs to another revision, but stays: it is not in the cache")
        }
        if !summary { options.say(outcome.changes.text) }
        if summary { options.say(outcome.summary.checkoutText) }
        if !outcome.failed.isEmpty, !allowMissing { throw ProjectError.incompleteCheckout(outcome.failed) }
        if relink { options.say("Relinked successfully\n") }
    }
}

extension LossPolicy {
    /// With force nothing is asked; without, a person at a terminal is.
    init(force: Bool) {
        if force {
            self = .force
        } else {
            self = .ask { paths in
                Console.confirm(
                    "\(paths.count == 1 ? "'\(paths[0])' is" : "\(paths.count) files are") not in the cache. Remove?"
                )
            }
        }
    }
}
