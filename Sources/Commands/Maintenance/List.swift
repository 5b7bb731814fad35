import ArgumentParser
import Projects
import Tracking
import Values

/// Lists the files of a project.
struct List: ParsableCommand, FailureCoded {
    static let failureCode: Int32 = 1

    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the files of a project, with the data that is not there.",
        discussion: "Example: apus ls . data --recursive --size",
        aliases: ["ls"]
    )

    @OptionGroup var options: GlobalOptions
    @OptionGroup var form: ListingForm
    @Flag(help: "Only the data under version control.") var dvcOnly = false
    @Flag(help: "Print JSON.") var json = false
    @Option(help: "The revision: a branch, tag or commit.") var rev: String?
    @Flag(help: "Show hashes.") var showHash = false
    @Argument(help: "A folder in the project.") var url: String
    @Argument(help: "A file or directory inside of the project.") var path: String?

    func run() throws {
        if form.tree, json {
            return try ErrorReport.ending(with: 255) { throw Refusal("--tree and --json exclude each other") }
        }
        let environment = try options.environment()
        let place = Project.Place.repository(url, revision: rev)
        var listing = form.options
        listing.path = path
        listing.onlyOutputs = dvcOnly
        if json {
            Console.write(try Project.list(place, listing, environment).json.json() + "\n")
        } else {
            try form.show(place, listing, environment, hash: showHash)
        }
    }
}

/// How deep and in what form files are listed.
struct ListingForm: ParsableArguments {
    @Flag(name: [.customShort("R"), .long], help: "All files below.") var recursive = false
    @Flag(name: [.customShort("T"), .long], help: "As a tree.") var tree = false
    @Option(name: [.customShort("L"), .long], help: "How many directories deep.") var level: Int?
    @Flag(help: "Show sizes.") var size = false

    var options: Project.ListingOptions {
        var options = Project.ListingOptions()
        options.isRecursive = recursive
        options.depth = level
        return options
    }

    func show(
        _ place: Project.Place,
        _ options: Project.ListingOptions,
        _ environment: Project.Environment,
        hash: Bool = false
    ) throws {
        if tree { return Console.write(try Project.listTree(place, options, environment).text(size: size, hash: hash)) }
        let listing = try Project.list(place, options, environment)
        if !listing.entries.isEmpty { Console.write(listing.text(size: size, hash: hash)) }
    }
}
