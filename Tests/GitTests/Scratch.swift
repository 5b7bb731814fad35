import Basics
import Foundation

/// A folder for one test, removed with it.
final class Scratch: Sendable {
    let path: String

    init() throws {
        let base = Files.canonical(NSTemporaryDirectory()) ?? "/tmp"
        path = Paths.join(base, "git-tests-\(UInt64.random(in: 0 ... .max))")
        try Files.makeDirectories(path)
    }

    deinit { try? Files.remove(path) }

    func write(_ text: String, to name: String) throws {
        let target = Paths.join(path, name)
        try Files.makeDirectories(Paths.parent(target))
        try Files.writeAtomically(Array(text.utf8), to: target)
    }

    func read(_ name: String) throws -> String? {
        try Files.readIfPresent(Paths.join(path, name)).map { String(decoding: $0, as: UTF8.self) }
    }

    @discardableResult
    func git(_ arguments: String..., input: [UInt8]? = nil) throws -> ChildProcess.Result {
        let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
        let environment = ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"]
        return try ChildProcess.run(
            ["git"] + identity + arguments,
            directory: path,
            environment: environment,
            input: input
        )
    }
}
