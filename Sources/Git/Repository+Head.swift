import Basics

extension Repository {
    /// What is checked out; nil when HEAD makes no sense.
    ///
    /// Reads HEAD and the loose or packed ref, and asks `git` only where they do not say (reftable).
    package func head() -> Head? {
        guard let line = Self.firstLine(of: Paths.join(gitDirectory, "HEAD")) else { return nil }
        guard let name = Self.symbolicTarget(line) else {
            return Self.isObjectID(line) ? Head(branch: nil, commit: line) : nil
        }
        if usesForeignRefs { return headFromGit() }
        let branch = name.hasPrefix("refs/heads/") ? String(name.dropFirst("refs/heads/".count)) : nil
        return Head(branch: branch, commit: readReference(name))
    }

    /// The checked-out branch; nil when HEAD is detached.
    package var currentBranchName: String? { head()?.branch }

    /// The object a full ref name such as `refs/heads/main` leads to, from the loose or packed refs.
    func readReference(_ name: String) -> String? {
        var name = name
        for _ in 0..<5 {
            guard Self.isSafe(name) else { return nil }
            let ownLine = Self.firstLine(of: Paths.join(gitDirectory, name))
            guard let line = ownLine ?? Self.firstLine(of: Paths.join(commonDirectory, name)) else { break }
            if Self.isObjectID(line) { return line }
            guard let target = Self.symbolicTarget(line) else { return nil }
            name = target
        }
        return packedReference(name)
    }

    private func packedReference(_ name: String) -> String? {
        guard let bytes = try? Files.readIfPresent(Paths.join(commonDirectory, "packed-refs")) else { return nil }
        let wanted = Array(name.utf8)
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let space = line.firstIndex(of: UInt8(ascii: " ")), line[(space + 1)...].elementsEqual(wanted) else {
                continue
            }
            let id = String(decoding: line[..<space], as: UTF8.self)
            return Self.isObjectID(id) ? id : nil
        }
        return nil
    }

    /// Whether refs are kept in another way than files.
    private var usesForeignRefs: Bool { Files.exists(Paths.join(commonDirectory, "reftable")) }

    private func headFromGit() -> Head? {
        guard let symbolic = try? gitResult(["symbolic-ref", "--quiet", "HEAD"]) else { return nil }
        let name = symbolic.ending.isSuccess ? symbolic.text : nil
        let branch = name.flatMap { $0.hasPrefix("refs/heads/") ? String($0.dropFirst("refs/heads/".count)) : nil }
        return Head(branch: branch, commit: try? resolve("HEAD"))
    }

    private static func symbolicTarget(_ line: String) -> String? {
        guard line.hasPrefix("ref:") else { return nil }
        return String(line.dropFirst("ref:".count).drop { $0 == " " || $0 == "\t" })
    }

    /// Whether the name can be appended to the path of the refs and stays below it.
    private static func isSafe(_ name: String) -> Bool {
        name.hasPrefix("refs/") && !name.split(separator: "/").contains("..") && !name.utf8.contains(0)
    }

    static func isObjectID(_ text: String) -> Bool {
        (text.utf8.count == 40 || text.utf8.count == 64)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }
}
