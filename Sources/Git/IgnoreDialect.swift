/// The two readings of gitignore syntax.
package enum IgnoreDialect: Sendable {
    /// As Git reads `.gitignore`: bytes, POSIX classes, a nested file's rules beat its parents'.
    case git
    /// As DVC reads `.dvcignore`: lines are stripped, `?` is one character, brackets know neither escapes nor classes,
    /// and a pattern that matches a directory matches everything below it too.
    case dvc
}
