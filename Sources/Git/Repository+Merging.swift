import Basics

extension Repository {
    /// Merges three files line by line into the first one, and tells whether no conflict is left in it.
    ///
    /// Paths are absolute.
    package func mergeFile(_ ours: String, ancestor: String, theirs: String) throws(GitError) -> Bool {
        let labels = ["-L", "ours", "-L", "base", "-L", "theirs"]
        let result = try gitResult(["merge-file"] + labels + ["--", ours, ancestor, theirs])
        switch result.ending {
        case .exited(0): return true
        case .exited(1...127): return false
        default: throw .commandFailed(command: "merge-file", message: result.errorText)
        }
    }

    /// Whether a rebase or a merge with conflicts is under way in this work tree.
    package var isRebasing: Bool {
        Files.isDirectory(Paths.join(gitDirectory, "rebase-merge"))
            || Files.isDirectory(Paths.join(gitDirectory, "rebase-apply"))
    }
}
