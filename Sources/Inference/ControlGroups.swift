import Basics

/// The kernel's control groups that this process is in, and those above them.
enum ControlGroups {
    /// Folders of version 2, and of version 1 for a controller such as `cpu`, each with a slash at the end.
    struct Folders {
        var unified: [String] = []
        var separate: [String] = []
    }

    static func folders(_ controller: String, root: String) -> Folders {
        var folders = Folders()
        for line in text(root + "proc/self/cgroup").split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            if parts[1].isEmpty {
                folders.unified += ancestors(parts[2]).map { root + "sys/fs/cgroup" + $0 }
            } else if parts[1].split(separator: ",").contains(controller[...]) {
                for name in [String(parts[1]), controller] {
                    folders.separate += ancestors(parts[2]).map { root + "sys/fs/cgroup/" + name + $0 }
                }
            }
        }
        return folders
    }

    /// A file of the kernel's; empty when there is none.
    static func text(_ path: String) -> String { String(decoding: (try? Files.read(path)) ?? [], as: UTF8.self) }

    /// A group's path and those above it. A container sees its own group as the root.
    private static func ancestors(_ path: Substring) -> [String] {
        var result = ["/"]
        for part in path.split(separator: "/").prefix(64) { result.append((result.last ?? "/") + part + "/") }
        return result
    }
}
