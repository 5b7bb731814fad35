import Basics

/// A tag with a message of its own.
package struct AnnotatedTag: Hashable, Sendable {
    package let name: String
    /// The commit it is on, through tags of tags.
    package let commit: String
    package let author: String
    package let email: String
    /// Seconds since 1970.
    package let time: Int
    /// Minutes east of Greenwich.
    package let zone: Int
    /// Without blank lines around it.
    package let message: String
}

extension Repository {
    /// The annotated tags that lead to a commit, sorted by name.
    package func annotatedTags() throws(GitError) -> [AnnotatedTag] {
        let fields = [
            "refname:strip=2", "objecttype", "*objecttype", "*objectname", "taggername", "taggeremail",
            "taggerdate:raw", "contents",
        ]
        let format = fields.map { "%(\($0))" }.joined(separator: "%00") + "%00"
        let output = try git(["for-each-ref", "--format=" + format, "refs/tags/"])
        let words = output.split(separator: 0, omittingEmptySubsequences: false)
        return stride(from: 0, to: words.count - fields.count, by: fields.count).compactMap { start in
            let word = words[start..<start + fields.count].map { String(decoding: $0, as: UTF8.self) }
            // Each record but the first starts with the line break that ends the one before it.
            let name = word[0].first == "\n" ? String(word[0].dropFirst()) : word[0]
            let date = word[6].split(separator: " ")
            guard word[1] == "tag", word[2] == "commit", let time = date.first.flatMap({ Int($0) }) else { return nil }
            return AnnotatedTag(
                name: name,
                commit: word[3],
                author: word[4],
                email: String(word[5].drop { $0 == "<" }.prefix { $0 != ">" }),
                time: time,
                zone: date.count > 1 ? Self.minutes(ofZone: date[1]) : 0,
                message: Self.trimmed(word[7])
            )
        }
    }

    /// Makes an annotated tag; `time`, in seconds since 1970, is used unless the caller's environment sets another.
    package func createTag(
        _ name: String,
        on commit: String,
        message: String,
        time: Int?
    ) throws(GitError) {
        // The message goes through standard input: one that starts with a hyphen or '#' stays what it is.
        let arguments = ["tag", "--annotate", "--cleanup=verbatim", "--file=-", "--", name, commit]
        var environment: [String: String] = [:]
        if let time { environment["GIT_COMMITTER_DATE"] = "@\(time) +0000" }
        let result = try gitResult(arguments, input: Array((message + "\n").utf8), environment: environment)
        if !result.ending.isSuccess { throw .commandFailed(command: "tag", message: result.errorText) }
    }

    /// Whether a tag of any kind has the name.
    package func hasTag(_ name: String) throws(GitError) -> Bool {
        try gitResult(["show-ref", "--verify", "--quiet", "refs/tags/" + name]).ending.isSuccess
    }

    /// Sends a tag to a remote.
    package func pushTag(_ name: String, to remote: String) throws(GitError) {
        try git(["push", "--quiet", remote, "refs/tags/" + name])
    }

    /// When a commit was made, in seconds since 1970.
    package func time(of commit: String) throws(GitError) -> Int {
        let output = try git(["show", "--no-patch", "--format=%ct", commit, "--"])
        return Int(String(decoding: output, as: UTF8.self).prefix { $0.isNumber }) ?? 0
    }

    /// Copies a repository, without its files, into a new folder.
    package static func clone(_ url: String, to folder: String) throws(GitError) {
        let result: ChildProcess.Result
        do {
            // Hooks and filters are those of a repository that nobody looked at.
            result = try ChildProcess.run(
                ["git", "-c", "core.hooksPath=/dev/null", "clone", "--quiet", "--no-checkout", "--", url, folder],
                environment: ["LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"]
            )
        } catch {
            throw .file(error)
        }
        if !result.ending.isSuccess { throw .commandFailed(command: "clone", message: result.errorText) }
    }

    private static func minutes(ofZone text: Substring) -> Int {
        guard let number = Int(text), abs(number) < 10_000 else { return 0 }
        return number / 100 * 60 + number % 100
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest.drop { $0.isWhitespace })
    }
}
