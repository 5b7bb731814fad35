import Basics
import Synchronization

/// A Git work tree.
///
/// HEAD and refs are read from their files; everything else is asked of `git`. Safe to use from many threads.
package final class Repository: Sendable {
    /// The absolute path of the work tree, as it was reached.
    package let root: String
    /// The directory of this work tree: HEAD and the index.
    package let gitDirectory: String
    /// The directory all work trees share: refs, objects and hooks. Most often the same as ``gitDirectory``.
    package let commonDirectory: String
    /// The user's ignore file where Git's configuration names none.
    let userIgnoreFile: String?
    let outerConfiguration: OuterConfiguration?

    let objects: ObjectReader
    let state = Mutex<State>(State())

    struct State {
        var ignoreRules: IgnoreRules?
        var asksGitAboutIgnores = false
        var ignoreSettings: (excludesFile: String?, ignoresCase: Bool)?
        /// Directories of commits that were read, by their ids and paths; commits share most of theirs.
        var trees: [TreeKey: [RevisionTree.Entry]] = [:]
    }

    struct TreeKey: Hashable {
        let id: String
        let path: String
    }

    /// The entries of a tree object that is the directory at `path` of some commit, as `read` finds them at first.
    func treeEntries(
        _ id: String,
        at path: String,
        _ read: () throws(GitError) -> [RevisionTree.Entry]?
    ) throws(GitError) -> [RevisionTree.Entry]? {
        let key = TreeKey(id: id, path: path)
        if let known = state.withLock({ $0.trees[key] }) { return known }
        let entries = try read()
        state.withLock { state in
            // Enough for the directories of a project; a long history of a large one would not fit.
            if state.trees.count >= 20_000 { state.trees = [:] }
            state.trees[key] = entries
        }
        return entries
    }

    /// Git's settings outside of repositories.
    package struct OuterConfiguration: Sendable {
        /// The files, weakest first; they need not exist.
        package let files: [String]
        /// The folder that `~` stands for.
        package let home: String?

        package init(files: [String], home: String?) {
            self.files = files
            self.home = home
        }
    }

    /// Finds the work tree that holds an absolute path; nil when there is none.
    ///
    /// `userConfiguration` is the user's configuration folder (`XDG_CONFIG_HOME`, most often `~/.config`), whose
    /// `git/ignore` is honoured. Where `outerConfiguration` is known, Git need not be asked for its settings.
    package init?(
        containing path: String,
        userConfiguration: String? = nil,
        outerConfiguration: OuterConfiguration? = nil
    ) {
        var directory = Paths.normalize(path)
        while true {
            if let found = Self.gitDirectory(in: directory) {
                root = directory
                gitDirectory = found
                break
            }
            let parent = Paths.parent(directory)
            if parent == directory || parent.isEmpty { return nil }
            directory = parent
        }
        commonDirectory = Self.commonDirectory(of: gitDirectory)
        userIgnoreFile = userConfiguration.map { Paths.join($0, "git/ignore") }
        self.outerConfiguration = outerConfiguration
        objects = ObjectReader(directory: root)
    }

    /// Runs `git` in the work tree and returns its output.
    @discardableResult
    func git(_ arguments: [String], input: [UInt8]? = nil) throws(GitError) -> [UInt8] {
        let result = try gitResult(arguments, input: input)
        if result.ending.isSuccess { return result.output }
        throw .commandFailed(command: arguments.first ?? "", message: result.errorText)
    }

    /// Runs `git` in the work tree, whatever its exit code.
    func gitResult(
        _ arguments: [String],
        input: [UInt8]? = nil,
        environment: [String: String] = [:]
    ) throws(GitError) -> ChildProcess.Result {
        do {
            return try ChildProcess.run(
                ["git", "--literal-pathspecs"] + arguments,
                directory: root,
                environment: environment.merging(["GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"]) { mine, _ in mine },
                input: input
            )
        } catch {
            throw .file(error)
        }
    }

    /// The path relative to the root, without a slash at its end; nil when it is outside. The root itself is "".
    package func relativePath(of path: String) -> String? {
        let absolute = Paths.absolute(path, from: root)
        if absolute == root { return "" }
        return Paths.inside(absolute, of: root)
    }

    private static func gitDirectory(in directory: String) -> String? {
        let path = Paths.join(directory, ".git")
        guard let status = try? Files.status(path, followLinks: true) else { return nil }
        if status.kind == .directory { return isGitDirectory(path) ? path : nil }
        let marker = "gitdir:"
        guard status.kind == .regular, status.size < 1 << 16, let text = firstLine(of: path), text.hasPrefix(marker)
        else { return nil }
        let target = text.dropFirst(marker.count).drop { $0 == " " }
        let found = Paths.absolute(String(target), from: directory)
        return isGitDirectory(found) ? found : nil
    }

    private static func isGitDirectory(_ path: String) -> Bool {
        Files.exists(Paths.join(path, "HEAD")) && Files.isDirectory(Paths.join(commonDirectory(of: path), "objects"))
    }

    private static func commonDirectory(of gitDirectory: String) -> String {
        guard let line = firstLine(of: Paths.join(gitDirectory, "commondir")), !line.isEmpty else {
            return gitDirectory
        }
        return Paths.absolute(line, from: gitDirectory)
    }

    static func firstLine(of path: String) -> String? {
        guard let bytes = try? Files.readIfPresent(path) else { return nil }
        let end = bytes.firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? bytes.count
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}
