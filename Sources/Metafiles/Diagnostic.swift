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
package struct DiagnosticList: Error, Sendable, CustomStringConvertible {
    package let diagnostics: [Diagnostic]
    private static let shownLimit = 20

    package init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    /// A line for each of the first faults, and the number of the others.
    package var description: String {
        let lines = diagnostics.prefix(Self.shownLimit).map(\.description)
        let rest = diagnostics.count - lines.count
        return (lines + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: "\n")
    }
}
