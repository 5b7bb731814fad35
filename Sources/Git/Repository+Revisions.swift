import Basics

extension Repository {
    /// The commit a revision stands for: a branch, tag, id, `HEAD~2` or whatever else `git rev-parse` knows, or else the
    /// name of an experiment of DVC.
    package func resolve(_ revision: String) throws(GitError) -> String {
        if revision.hasPrefix("-") || revision.isEmpty { throw .unknownRevision(revision) }
        if let object = try objects.object(revision + "^{commit}"), object.type == "commit" { return object.id }
        guard let name = try experiment(revision), let object = try objects.object(name + "^{commit}") else {
            throw .unknownRevision(revision)
        }
        return object.id
    }

    /// The ref of the experiment of a name; of several the one that started from HEAD, nil when none of them did.
    private func experiment(_ name: String) throws(GitError) -> String? {
        if name == "HEAD" || name.contains("/") { return nil }
        let found = try experimentReferences().filter { $0.name == name }
        if found.count == 1 { return found.first?.reference }
        let head = head()?.commit
        return found.first { $0.baseline == head }?.reference
    }

    private func experimentReferences() throws(GitError) -> [(reference: String, baseline: String, name: String)] {
        try lines(["for-each-ref", "--format=%(refname)", "refs/exps/"]).compactMap { reference in
            // refs/exps/<2 digits of the baseline>/<the other 38>/<name>; the others are DVC's own affairs.
            let parts = reference.split(separator: "/")
            guard parts.count == 5 else { return nil }
            let baseline = String(parts[2] + parts[3])
            return Self.isObjectID(baseline) ? (reference, baseline, String(parts[4])) : nil
        }
    }

    /// The local branches, sorted by name.
    package func branches() throws(GitError) -> [Reference] { try references(below: "refs/heads/") }

    /// The tags that lead to a commit, sorted by name.
    package func tags() throws(GitError) -> [Reference] { try references(below: "refs/tags/") }

    /// Every commit that HEAD, a branch, a remote branch or a tag leads to, newest first.
    package func allCommits() throws(GitError) -> [String] { try revisionList(["--date-order"]) }

    /// The commits of ``allCommits()`` made at `seconds` since 1970 or later.
    package func commits(since seconds: Int) throws(GitError) -> [String] {
        // Git's own --since stops at the first older commits, though newer ones may lie behind them.
        try revisionList(["--date-order", "--timestamp"]).compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 2, let time = Int(words[0]), time >= seconds else { return nil }
            return String(words[1])
        }
    }

    /// A revision and the first parents before it: at most `count` commits, all of them when that is negative.
    package func commits(from revision: String, count: Int) throws(GitError) -> [String] {
        let start = try resolve(revision)
        if count == 1 { return [start] }
        return try lines(["rev-list", "--first-parent", "--max-count=\(max(count, -1))", start, "--"])
    }

    /// The name of a tag on the commit, else of a branch; nil when there is neither.
    package func describe(_ commit: String) throws(GitError) -> String? {
        if let tag = try tags().first(where: { $0.commit == commit }) { return tag.name }
        return try branches().first { $0.commit == commit }?.name
    }

    /// The commits of all experiments of DVC, without those of the branches they started from.
    package func experimentCommits() throws(GitError) -> [String] {
        var commits: Set<String> = []
        for experiment in try experimentReferences() {
            commits.formUnion(try lines(["rev-list", experiment.reference, "^" + experiment.baseline, "--"]))
        }
        return commits.sorted()
    }

    private func references(below prefix: String) throws(GitError) -> [Reference] {
        let format = "--format=%(objecttype) %(objectname) %(*objecttype) %(*objectname) %(refname)"
        return try lines(["for-each-ref", format, prefix]).compactMap { line in
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 5 else { return nil }
            let name = String(words[4].dropFirst(prefix.count))
            if words[0] == "commit" { return Reference(name: name, commit: String(words[1])) }
            return words[2] == "commit" ? Reference(name: name, commit: String(words[3])) : nil
        }
    }

    private func revisionList(_ options: [String]) throws(GitError) -> [String] {
        let head = head()?.commit.map { [$0] } ?? []
        return try lines(["rev-list", "--branches", "--remotes", "--tags"] + options + head + ["--"])
    }

    private func lines(_ arguments: [String]) throws(GitError) -> [String] {
        let output = try git(arguments)
        return output.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    }
}
