import ArgumentParser
import Projects

/// Makes linked files writable.
struct Unprotect: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255

    static let configuration = CommandConfiguration(
        commandName: "unprotect",
        abstract: "Make files that are linked to the cache writable.",
        discussion: "Example: apus unprotect data/raw"
    )

    @OptionGroup var options: GlobalOptions
    @Argument(help: "Files or directories.", completion: .targets) var targets: [String]

    func run() throws {
        let project = try options.openProject()
        try project.locked { try project.unprotect(targets) }
    }
}
