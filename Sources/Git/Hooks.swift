import Basics
import Glibc

/// The Git hooks and the merge driver that keep a work tree and its data in step.
package enum Hooks {
    /// The hooks in the order they are installed.
    package static let names = ["post-checkout", "pre-commit", "pre-push"]

    /// Installs all hooks, each calling `<program> git-hook <name>` by way of `shell`.
    ///
    /// Any existing hook of these names stops it before one is written. The bytes are DVC's.
    package static func install(
        program: String,
        shell: String = "/bin/sh",
        in repository: Repository
    ) throws(GitError) {
        let directory = Paths.join(repository.commonDirectory, "hooks")
        for name in names where Files.exists(Paths.join(directory, name)) { throw .hookExists(name) }
        do throws(FileError) {
            try Files.makeDirectories(directory)
            for name in names {
                let path = Paths.join(directory, name)
                let script = "#!\(shell)\nexec \(program) git-hook \(name) $@\n"
                try Files.writeAtomically(Array(script.utf8), to: path)
                if chmod(path, 0o777) != 0 { throw FileError("protect", path) }
            }
        } catch {
            throw .file(error)
        }
    }

    /// Registers the merge driver `dvc`, the name that `.gitattributes` files of projects use.
    package static func installMergeDriver(program: String, in repository: Repository) throws(GitError) {
        let driver = "\(program) git-hook merge-driver --ancestor %O --our %A --their %B "
        try repository.git(["config", "merge.dvc.name", "DVC merge driver"])
        try repository.git(["config", "merge.dvc.driver", driver])
    }

    /// Registers the merge driver `apus`, which also merges `dvc.lock` files, and lets this clone use it.
    ///
    /// It has a name of its own since DVC's driver fails on `dvc.lock`. The attributes go to `.git/info/attributes`,
    /// because the driver is known in this clone only.
    package static func installLockMergeDriver(program: String, in repository: Repository) throws(GitError) {
        let driver = "\(program) git-hook merge-driver --ancestor %O --our %A --their %B --path %P"
        try repository.git(["config", "merge.apus.name", "Apus merge driver"])
        try repository.git(["config", "merge.apus.driver", driver])
        let path = Paths.join(repository.commonDirectory, "info/attributes")
        do throws(FileError) {
            var bytes = try Files.readIfPresent(path) ?? []
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
            let missing = ["*.dvc merge=apus", "dvc.lock merge=apus"].filter { !lines.contains($0) }
            if missing.isEmpty { return }
            if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
            bytes += Array((missing.joined(separator: "\n") + "\n").utf8)
            try Files.makeDirectories(Paths.parent(path))
            try Files.writeAtomically(bytes, to: path)
        } catch {
            throw .file(error)
        }
    }
}
