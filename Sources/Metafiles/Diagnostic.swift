/// A fault in a user's file, with the place where it is.
package struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file as the user would name it.
    package let file: String
    /// Counted from 1; nil when the fault has no place of its own.
    package let line: Int?
    package let message: String
    package let hint: String?

    package init(file: String, line: Int?, message: String, hint: String? = nil) {
        self.file = file
        self.line = line
        self.message = message
        self.hint = hint
    }

    package var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return "\(place): error: \(message)"
    }
}

/// The faults found in one file.
package struct DiagnosticList: Error, Sendable {
    package let diagnostics: [Diagnostic]

    package init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }
}
