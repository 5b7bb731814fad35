import ObjectStore
import Projects

/// Some objects did not arrive.
struct IncompleteTransfer: Error, CustomStringConvertible {
    let verb: String
    let failures: [TransferResult.Failure]

    /// Tells what was passed over, and throws when a transfer failed.
    ///
    /// As in DVC, what is neither here nor there is no failure.
    static func check(_ outcome: SharingOutcome, _ verb: String) throws {
        for revision in outcome.skipped { Console.note("WARNING: skipped \(revision)") }
        let (result, missing) = (outcome.result, outcome.result.missing)
        if !missing.isEmpty {
            let names = missing.prefix(10).map { "\n\t\($0)" }.joined() + (missing.count > 10 ? "\n\t…" : "")
            Console.note("WARNING: neither in the cache nor in the remote: \(count(missing.count, "object"))" + names)
        }
        if !result.held.isEmpty {
            Console.note("WARNING: not sent, as files of it lack: \(count(result.held.count, "directory object"))")
        }
        if !result.failed.isEmpty { throw IncompleteTransfer(verb: verb, failures: result.failed) }
    }

    var description: String {
        let first = failures.first.map { ": \($0.error)" } ?? ""
        return "failed to \(verb) \(Self.count(failures.count, "file"))\(first)"
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
