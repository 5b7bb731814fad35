import ArgumentParser
import ObjectStore
import Tracking

/// What the commands that move data take.
struct TransferOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "The remote; the default one unless named.") var remote: String?
    @Option(name: .shortAndLong, help: "Transfers at a time.") var jobs: Int?
    @Argument(help: "Only these outputs or .dvc files.") var targets: [String] = []

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs needs a positive number") }
    }
}

/// Some objects did not arrive.
struct IncompleteTransfer: Error, CustomStringConvertible {
    let verb: String
    let result: TransferResult

    /// Throws when anything is missing or failed.
    static func check(_ result: TransferResult, _ verb: String) throws {
        if result.failed.isEmpty, result.missing.isEmpty { return }
        throw IncompleteTransfer(verb: verb, result: result)
    }

    var description: String {
        let first = result.failed.first.map { "\($0.error)" } ?? result.missing.first.map { "\($0) is not there" } ?? ""
        let count = result.failed.count + result.missing.count
        return "failed to \(verb) \(count) file\(count == 1 ? "" : "s"): \(first)"
    }
}
