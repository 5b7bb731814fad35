import ArgumentParser
import Basics
import Configuration
import Glibc
import Projects

extension CompletionKind {
    /// Names of the remotes.
    static var remotes: CompletionKind { .shellCommand("apus remote list 2>/dev/null | sed 's/ .*//'") }
}
