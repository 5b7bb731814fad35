import Glibc

/// A failed operation on the file system.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was attempted, as a verb: "open", "rename", …
    package let operation: String
    package let path: String
    /// The error number of the system.
    package let code: Int32

    package init(_ operation: String, _ path: String, code: Int32 = errno) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// The system's words for ``code``.
    package var reason: String { String(cString: strerror(code)) }

    package var description: String { "cannot \(operation) '\(path)': \(reason)" }

    /// Whether the file or a folder above it does not exist.
    package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
}
