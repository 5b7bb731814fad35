import Basics

/// A command line that names nothing there is, found out by more than its parser; ends the process with code 254.
struct UsageError: HintedError, CustomStringConvertible {
    let description: String
    let hint: String?

    init(_ description: String, hint: String? = nil) {
        self.description = description
        self.hint = hint
    }
}

/// A command line that can be parsed but makes no sense, which ends the process like any failure of the command.
struct Refusal: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
