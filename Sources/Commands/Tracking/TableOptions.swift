import ArgumentParser
import OrderedCollections
import Projects
import Tables
import Tracking
import Values

/// In which form a table is printed.
struct TableOptions: ParsableArguments {
    @Flag(help: "Print JSON.") var json = false
    @Flag(help: "Print a table in Markdown.") var md = false

    /// Prints one of the forms; a table also when all else is quiet, as DVC does.
    func show(table: @autoclosure () -> Table, json value: @autoclosure () -> Value, _ options: GlobalOptions) {
        if json { return options.say(value().json() + "\n") }
        Console.write(table().text(md ? .markdown : .plain))
    }
}

/// What a comparison of two revisions is about.
struct RevisionDiffOptions: ParsableArguments {
    @Argument(help: "The old commit.") var old = "HEAD"
    @Argument(help: "The new commit.") var new = RevisionScope.workspace
    @Option(parsing: .upToNextOption, help: "Only these files, also undeclared ones, or directories of them.")
    var targets: [String] = []
    @Flag(help: "Show what is unchanged too.") var all = false
    @Flag(help: "Do not show the files.") var noPath = false

    func show(_ diff: RevisionDiff, precision: Int = 5, _ form: TableOptions, _ options: GlobalOptions) {
        Unreadable(revisions: diff.failedRevisions, failures: diff.failures).show()
        form.show(table: diff.table(showsPath: !noPath, precision: precision), json: diff.json, options)
    }
}

/// What kept files of some revisions from being read.
struct Unreadable {
    let revisions: [String]
    let failures: [ReadFailure]

    /// Tells it on standard error; the answer goes on without these files.
    func show() {
        for detail in OrderedSet(failures.compactMap(\.detail)) { Console.note("WARNING: " + detail) }
        if revisions.isEmpty { return }
        let names = revisions.map { $0.isEmpty ? RevisionScope.workspace : $0 }.joined(separator: ", ")
        Console.note("WARNING: some files could not be read in: \(names)")
    }
}
