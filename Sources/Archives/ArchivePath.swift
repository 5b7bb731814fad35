/// Names of entries as places below a folder.
package enum ArchivePath {
    /// The parts of a name, `.` and doubled slashes taken out; empty for the folder itself.
    ///
    /// Refused are absolute names, `..`, and names that only Git or DVC give: a repository inside of a project could
    /// make Git run its commands.
    package static func parts(of name: String) throws(ArchiveError) -> [String] {
        if name.utf8.first == UInt8(ascii: "/") || name.utf8.contains(0) { throw .unsafeName(name) }
        let parts = name.split(separator: "/").filter { $0 != "." }.map(String.init)
        if parts.count > 64 { throw .tooLarge("folders in folders, \(parts.count) deep") }
        for part in parts {
            if part == ".." || [".git", ".dvc"].contains(part.lowercased()) { throw .unsafeName(name) }
            if part.utf8.count > 255 { throw .tooLarge("a name of \(part.utf8.count) bytes") }
        }
        return parts
    }
}
