import Basics
import Glibc

/// The Git hooks and the merge driver that keep a work tree and its data in step.
package enum Hooks {
    /// The hooks in the order they are installed.
    package static let names = ["post-checkout", "pre-commit", "pre-push"]

    /// Installs the merge driver and then all hooks, each calling `<program> git-hook <name>`.
    ///
    /// The driver is called `dvc`, the name `.gitattributes` files use. An existing hook of other content stops it
    /// before any hook is written.
    package static func install(program: String, in repository: Repository) throws(GitError) {
        let driver = "\(program) git-hook merge-driver --ancestor %O --our %A --their %B "
        try repository.git(["config", "merge.dvc.name", "DVC merge driver"])
        try repository.git(["config", "merge.dvc.driver", driver])
        let directory = Paths.join(repository.commonDirectory, "hooks")
        for name in names {
            let existing = try reading(Paths.join(directory, name))
            if let existing, existing != script(name, program: program) { throw .hookExists(name) }
        }
        do throws(FileError) {
            try Files.makeDirectories(directory)
            for name in names {
                let path = Paths.join(directory, name)
                try Files.writeIfChanged(script(name, program: program), to: path)
                if chmod(path, 0o777) != 0 { throw FileError("protect", path) }
            }
        } catch {
            throw .file(error)
        }
    }

    private static func reading(_ path: String) throws(GitError) -> [UInt8]? {
        do {
            return try Files.readIfPresent(path)
        } catch {
            throw .file(error)
        }
    }

    private static func script(_ name: String, program: String) -> [UInt8] {
        Array("#!/bin/sh\nexec \(program) git-hook \(name) \"$@\"\n".utf8)
    }
}
