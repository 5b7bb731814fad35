import Basics

/// A parameter or metric file that cannot be read.
package struct ParameterFileError: HintedError, Sendable, Hashable, CustomStringConvertible {
    /// The file as named by the caller.
    package let name: String
    /// Counted from 1; nil when the fault has no place of its own.
    package let line: Int?
    package let message: String

    package init(name: String, line: Int?, message: String) {
        self.name = name
        self.line = line
        self.message = message
    }

    package var hasPlace: Bool { true }
    package var hint: String? { "correct the file, then run the command again" }

    package var description: String {
        let place = line.map { "\(name):\($0)" } ?? name
        return "\(place): error: \(message)"
    }
}
