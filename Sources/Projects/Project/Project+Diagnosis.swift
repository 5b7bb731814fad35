import Basics
import Configuration
import Git
package import ObjectStore

extension Project {
    /// What matters about a project and the machine when something does not work.
    package struct Diagnosis: Sendable {
        /// The link types that work from the cache to the workspace; nil while there is no cache.
        package let linkTypes: [LinkType]?
        /// The file system of the cache; nil while there is no cache.
        package let cacheFileSystem: String?
        package let workspaceFileSystem: String
        /// The scheme of each remote, `local` for a directory.
        package let remotes: [String]
        package let repository: String
    }

    /// Looks at the project; makes and removes a few files where the cache is.
    package func diagnose() throws -> Diagnosis {
        let hasCache = Files.isDirectory(store.root)
        let kind: String
        if let git { kind = git.root == root ? "dvc, git" : "dvc (subdir), git" } else { kind = "dvc (no_scm)" }
        return Diagnosis(
            linkTypes: hasCache ? try LinkType.working(from: store.root, to: root) : nil,
            cacheFileSystem: hasCache ? Mounts.current.fileSystem(of: store.root) : nil,
            workspaceFileSystem: Mounts.current.fileSystem(of: root),
            remotes: configuration.remotes.map { $0.scheme.isEmpty ? "local" : $0.scheme },
            repository: configuration.bool("core", "no_scm") ? "dvc (no_scm)" : kind
        )
    }
}

/// The table of mounted file systems.
struct Mounts {
    private let mounts: [(point: String, type: String, device: String)]

    /// Reads the text of `/proc/self/mountinfo`.
    init(parsing text: String) {
        mounts = text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard let dash = words.firstIndex(of: "-"), dash > 4, words.count > dash + 2 else { return nil }
            return (Self.unescaped(words[4]), words[dash + 1], Self.unescaped(words[dash + 2]))
        }
    }

    /// The mounts of this process.
    static var current: Mounts {
        let bytes = (try? Files.readIfPresent("/proc/self/mountinfo")) ?? nil
        return Mounts(parsing: String(decoding: bytes ?? [], as: UTF8.self))
    }

    /// The type and device that a path is on, as `ext4 on /dev/sda1`.
    func fileSystem(of path: String) -> String {
        let path = Files.canonical(path) ?? path
        // Of several mounts at one point, the last covers the others.
        let best = mounts.enumerated().filter { Paths.isSameOrInside(path, $0.element.point) }
            .max { ($0.element.point.utf8.count, $0.offset) < ($1.element.point.utf8.count, $1.offset) }
        return best.map { "\($0.element.type) on \($0.element.device)" } ?? "unknown"
    }

    /// Blanks and backslashes are octal in the table.
    private static func unescaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
