import Basics
package import Git

extension Project {
    /// What the `.dvcignore` files say of a path.
    package struct IgnoreCheck: Sendable {
        package let isIgnored: Bool
        /// The rules that decide; the last one counts, which may be one that re-includes.
        package let rules: [IgnoreMatch]
    }

    /// Asks the `.dvcignore` files about the caller's path; those outside of the project are never ignored.
    package func checkIgnore(_ path: String) -> IgnoreCheck {
        let path = absolute(path)
        guard let relative = Paths.inside(path, of: root) else { return IgnoreCheck(isIgnored: false, rules: []) }
        let rules = ignoreRules.explain(relative, isDirectory: Files.isDirectory(path))
        return IgnoreCheck(isIgnored: rules.last.map { !$0.isNegated } ?? false, rules: rules)
    }
}
