/// The options of DVC that may have a value or none, which the parser of arguments has no kind for.
enum OptionalValues {
    private static let untracked = "--untracked-files"

    /// The arguments with such options as flags, and without lists that are empty.
    static func spelledOut(_ arguments: some Sequence<String>) -> [String] {
        var result: [String] = []
        var rest = Array(arguments)[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--": return result + [argument] + rest
            case untracked where rest.first == "all", untracked + "=all":
                if argument == untracked { rest.removeFirst() }
                result.append(untracked)
            case untracked where rest.first == "no", untracked + "=no":
                if argument == untracked { rest.removeFirst() }
                result.append("--no-untracked-files")
            case "--targets" where rest.first?.hasPrefix("-") ?? true: continue
            default: result.append(argument)
            }
        }
        return result
    }
}
