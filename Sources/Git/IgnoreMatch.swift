/// The rule that decides about a path.
package struct IgnoreMatch: Hashable, Sendable, CustomStringConvertible {
    /// The ignore file relative to the root; empty for a default rule, `in sub_repo` for a nested project.
    package let file: String
    /// The line of ``file``, counted from one; 0 for rules from no file.
    package let line: Int
    /// The pattern as the file has it.
    package let pattern: String
    /// Whether the rule re-includes the path.
    package let isNegated: Bool

    /// The rule as `dvc check-ignore --details` shows it.
    package var description: String {
        if file == Self.nestedProject { return "\(file):\(pattern)" }
        return line == 0 ? ":\(pattern)" : "\(file):\(line):\(pattern)"
    }

    static let nestedProject = "in sub_repo"
}
