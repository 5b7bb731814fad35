import ArgumentParser
import Projects

/// Lists a folder that need not be a project's.
struct ListURL: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 255

    static let configuration = CommandConfiguration(
        commandName: "list-url",
        abstract: "List the files of a folder outside of any project.",
        discussion: "Example: apus ls-url /mnt/data --recursive",
        aliases: ["ls-url"]
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var form: ListingForm
    @Argument(help: "A folder of this machine.") var url: String

    func run() throws {
        if url.contains("://") { throw ProjectError.unsupportedRemote(url) }
        try form.show(.folder(url), form.options, options.environment())
    }
}
