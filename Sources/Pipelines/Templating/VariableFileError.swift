/// Why a file of variables cannot be used.
package enum VariableFileError: Error, Sendable, Hashable {
    case missing
    case directory
    /// The reason, which names the file.
    case unreadable(String)
}
