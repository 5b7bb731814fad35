import OrderedCollections
package import Values

/// The answer of `data status`.
package struct DataStatus: Sendable, Hashable {
    /// What Git says about the rest of the repository.
    package struct Git: Sendable, Hashable {
        /// Whether there is no commit yet.
        package var isEmpty: Bool
        /// Whether Git has changes or untracked files.
        package var isDirty: Bool

        /// Creates the state of Git; without arguments, for a project without Git.
        package init(isEmpty: Bool = false, isDirty: Bool = false) {
            self.isEmpty = isEmpty
            self.isDirty = isDirty
        }
    }

    package var notInCache: [String] = []
    package var notInRemote: [String] = []
    /// The changes from the last commit to the metafiles.
    package var committed = DataChanges()
    /// The changes from the metafiles to the workspace.
    package var uncommitted = DataChanges()
    /// The files that Git does not track; to be left empty unless asked for.
    package var untracked: [String] = []
    /// The data that did not change; to be left empty unless asked for.
    package var unchanged: [String] = []
    package var git = Git()

    /// Creates an answer without changes.
    package init() {}

    /// The answer as DVC's JSON; empty sections are left out.
    package var json: Value {
        let sections: [(Value.Key, Value)] = [
            ("not_in_cache", .list(notInCache.map(Value.string))),
            ("not_in_remote", .list(notInRemote.map(Value.string))),
            ("committed", committed.json), ("uncommitted", uncommitted.json),
            ("untracked", .list(untracked.map(Value.string))), ("unchanged", .list(unchanged.map(Value.string))),
        ]
        return .map(Value.Map(uniqueKeysWithValues: sections.filter { $0.1 != .list([]) && $0.1 != .map([:]) }))
    }

    /// Returns the answer as text for a terminal, with the name of the program in the hints.
    package func text(program: String = "dvc") -> String {
        let sections = sections(program).filter { !$0.lines.isEmpty }
        var text = sections.map(\.text).joined(separator: "\n")
        if sections.isEmpty { text = git.isEmpty ? "No changes in an empty git repo.\n" : "No changes.\n" }
        if git.isDirty {
            let other = sections.isEmpty ? "" : "other "
            text += "(there are \(other)changes not tracked by dvc, use \"git status\" to see)\n"
        }
        return text
    }
}

extension DataStatus {
    private struct Section {
        let title: String
        let hints: [String]
        let lines: [String]

        var text: String {
            "\(title):\n" + hints.map { "  (\($0))\n" }.joined() + lines.map { "        \($0)\n" }.joined()
        }
    }

    private func sections(_ program: String) -> [Section] {
        [
            Section(
                title: "Not in cache",
                hints: ["use \"\(program) fetch <file>...\" to download files"],
                lines: notInCache
            ),
            Section(
                title: "Not in remote",
                hints: ["use \"\(program) push <file>...\" to upload files"],
                lines: notInRemote
            ),
            Section(
                title: "DVC committed changes",
                hints: ["git commit the corresponding dvc files to update the repo"],
                lines: committed.lines
            ),
            Section(
                title: "DVC uncommitted changes",
                hints: [
                    "use \"\(program) commit <file>...\" to track changes",
                    "use \"\(program) checkout <file>...\" to discard changes",
                ],
                lines: uncommitted.lines
            ),
            Section(
                title: "Untracked files",
                hints: ["use \"git add <file> ...\" or \"\(program) add <file>...\" to commit to git or to dvc"],
                lines: untracked
            ),
            Section(title: "DVC unchanged files", hints: [], lines: unchanged),
        ]
    }
}
