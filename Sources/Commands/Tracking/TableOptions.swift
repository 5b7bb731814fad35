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

/// What kept files of some revisions from being read.
struct Unreadable {
    let revisions: [String]
    let failures: [ReadFailure]

    /// Tells it on standard error; the answer goes on without these files.
    func show() {
        for detail in OrderedSet(failures.compactMap(\.detail)) { Console.note("WARNING: " + detail) }
        if revisions.isEmpty { return }
        let names = revisions.map { $0.isEmpty ? RevisionNames.workspace : $0 }.joined(separator: ", ")
        Console.note("WARNING: some files could not be read in: \(names)")
    }
}
