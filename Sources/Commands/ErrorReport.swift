import ArgumentParser
import Basics
import Configuration
import ObjectStore
import Projects

/// The one place where errors become words and exit codes.
///
/// DVC's codes: 1 or 255 for a command that failed, 251 for the configuration, 253 outside of a project, 254 for the
/// command line.
struct ErrorReport {
    let message: String
    let hint: String?
    let code: Int32
    /// Whether the message is an answer, such as a help text.
    let isAnswer: Bool

    init(_ error: any Error, failureCode: Int32) {
        let hinted = error as? any HintedError
        isAnswer = false
        // What starts with a place in a file is left for editors to read.
        let text = hinted?.hasPlace ?? false ? "\(error)" : "ERROR: \(error)"
        // Paths are shown from where the user is.
        message = Files.canonical(".").map { text.replacing("'\($0)/", with: "'") } ?? text
        hint = hinted?.hint
        code =
            switch error {
            case ProjectError.notAProject: 253
            case ProjectError.interrupted: Interruption.exitCode
            // DVC takes these for unexpected.
            case StoreError.ignoreFileInside, StoreError.missing, is UnreachableDirectory: 255
            case is ConfigurationError: 251
            case is UsageError: 254
            default: failureCode
            }
    }

    /// What the parser of the command line has to say: help, or a complaint.
    init(parsing message: String, isHelp: Bool) {
        isAnswer = isHelp
        hint = nil
        code = isHelp ? 0 : 254
        self.message = message.hasPrefix("Error: ") ? "ERROR: " + message.dropFirst("Error: ".count) : message
    }

    /// Prints the message and gives the code to exit with.
    func show() -> Int32 {
        if isAnswer {
            Console.write(message + "\n")
        } else {
            Console.note(message)
            if let hint { Console.note("hint: " + hint) }
        }
        return code
    }
}

extension ErrorReport {
    /// Runs `body`; whatever it throws is shown and ends the process with `code`.
    static func ending<Result>(with code: Int32, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let exit as ExitCode {
            throw exit
        } catch {
            _ = ErrorReport(error, failureCode: code).show()
            throw ExitCode(code)
        }
    }
}

/// A command whose failures end the process with a code of its own instead of 1.
protocol FailureCoded {
    /// DVC's code for failures that the command does not turn into 1 itself: mostly 255.
    static var failureCode: Int32 { get }
}
