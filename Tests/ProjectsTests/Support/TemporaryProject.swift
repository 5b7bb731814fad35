import Basics
import Foundation
import Projects

/// A Git repository with a project, for one test, removed with it.
final class TemporaryProject: Sendable {
    let root: String

    init() throws {
        let base = Files.canonical(NSTemporaryDirectory()) ?? "/tmp"
        root = Paths.join(base, "projects-tests-\(UInt64.random(in: 0 ... .max))")
        try Files.makeDirectories(root)
        try git("init", "-q")
        try Project.initialize(in: root, withoutGit: false, isSubdirectory: false, force: false)
    }

    deinit { try? Files.remove(root) }

    /// The project as a caller in `directory` opens it, read anew.
    func open(in directory: String = "", orFolder: Bool = false) throws -> Project {
        let environment = Project.Environment(
            workingDirectory: directory.isEmpty ? root : Paths.join(root, directory),
            outerConfiguration: [:],
            home: nil,
            onWait: { _ in }
        )
        return try Project(environment, orFolder: orFolder)
    }

    /// Writes files and commits all that Git does not ignore.
    func commit(_ files: [String: String]) throws {
        for (name, text) in files { try write(text, to: name) }
        try git("add", "--all")
        try git("commit", "-q", "--allow-empty", "-m", "commit")
    }

    /// Puts files under version control.
    func add(_ targets: String...) throws {
        let project = try open()
        _ = try project.locked { try project.add(targets) }
    }

    func path(_ name: String) -> String { Paths.join(root, name) }

    /// Writes a file, making the directories above it.
    func write(_ text: String, to name: String) throws {
        try Files.makeDirectories(Paths.parent(path(name)))
        try Files.writeAtomically(Array(text.utf8), to: path(name))
    }

    /// The text of a file; nil when there is none.
    func read(_ name: String) throws -> String? {
        try Files.readIfPresent(path(name)).map { String(decoding: $0, as: UTF8.self) }
    }

    @discardableResult
    func git(_ arguments: String...) throws -> ChildProcess.Result {
        let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
        let environment = ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"]
        return try ChildProcess.run(["git"] + identity + arguments, directory: root, environment: environment)
    }
}
