import Basics
import ObjectStore
import Projects

extension TemporaryProject {
    /// Makes `.dvc/remote` a remote, the default one unless told otherwise.
    func addRemote(_ name: String = "r", isDefault: Bool = true) throws {
        let old = try read(".dvc/config") ?? ""
        let core = isDefault ? "[core]\n    remote = \(name)\n" : ""
        try write(old + core + "['remote \"\(name)\"']\n    url = \(name)-store\n", to: ".dvc/config")
    }

    /// Writes files and puts the targets under version control.
    func track(_ targets: [String], files: [String: String]) throws {
        for (name, text) in files { try write(text, to: name) }
        let project = try open()
        _ = try project.locked { try project.add(targets) }
    }

    /// The objects in a remote, sorted.
    func remoteObjects(_ name: String = "r") throws -> [String] {
        try ObjectStore(root: path(".dvc/\(name)-store")).list().map(\.description)
    }

    /// The objects in the cache, sorted.
    func cachedObjects() throws -> [String] { try open().store.list().map(\.description) }

    func commit(_ message: String) throws {
        try git("add", "-A")
        try git("commit", "-q", "-m", message)
    }
}
