/// The options of DVC that may have a value or none, which the parser of arguments has no kind for.
enum OptionalValues {
    private static let flags = [
        "--untracked-files=all": "--untracked-files",
        "--untracked-files=no": "--no-untracked-files",
    ]

    /// The arguments with such options as flags.
    static func spelledOut(_ arguments: some Collection<String>) -> [String] {
        let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
        return arguments[..<end].map { flags[$0] ?? $0 } + arguments[end...]
    }
}
