import ArgumentParser
import Basics
import Configuration
import ObjectStore
import Pipelines
import Projects

/// The one place where errors become words and exit codes.
///
/// DVC's codes: 1 or 255 for a command that failed, 251 for the configuration, 253 outside of a project, 254 for the
/// command line.
struct ErrorReport {
    let message: String
    let hint: String?
    let code: Int32
    let isHelp: Bool
    /// Whether the message starts with a place in a file, as editors read it.
    let isDiagnostic: Bool

    init(_ error: any Error, fullMessage: String, isUsage: Bool, failureCode: Int32) {
        isDiagnostic =
            switch error {
            case ProjectError.invalidMetafile: true
            case let error as ConfigurationError: error.hasPlace
            default: false
            }
        isHelp = isUsage && ApusCommand.exitCode(for: error) == .success
        if isUsage {
            message = fullMessage
            hint = nil
            code = isHelp ? 0 : 254
            return
        }
        message = "\(error)"
        switch error {
        case let error as ProjectError:
            hint = error.hint
            code =
                switch error {
                case .notAProject: 253
                case .interrupted: Interruption.exitCode
                default: failureCode
                }
        case let error as any HintedError:
            hint = error.hint
            code = failureCode
        case let error as StageGraphError:
            hint = error.hint(program: "apus")
            code = failureCode
        case StoreError.ignoreFileInside, StoreError.missing:
            // DVC takes these for unexpected.
            hint = if case StoreError.ignoreFileInside = error { "move it to the top of the project" } else { nil }
            code = 255
        case is ConfigurationError:
            hint = "'apus config --list --show-origin' shows where each setting comes from"
            code = 251
        case is UnreachableDirectory:
            hint = nil
            code = 255
        default:
            hint = nil
            code = failureCode
        }
    }

    /// Prints the message and gives the code to exit with.
    func show() -> Int32 {
        if isHelp {
            Console.write(message + "\n")
        } else if code == 254 {
            Console.note(message)
        } else {
            Console.note(isDiagnostic ? message : "ERROR: " + message)
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
            _ = ErrorReport(error, fullMessage: "", isUsage: false, failureCode: code).show()
            throw ExitCode(code)
        }
    }
}

/// A command whose failures end the process with a code of its own instead of 1.
protocol FailureCoded {
    /// DVC's code for failures that the command does not turn into 1 itself: mostly 255.
    static var failureCode: Int32 { get }
}

/// A command line that can be parsed but makes no sense, which ends the process like any failure of the command.
struct Refusal: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
