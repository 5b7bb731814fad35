/// Arithmetic on POSIX paths as text; nothing here touches the file system.
package enum Paths {
    /// `base/path`, or `path` when that is absolute.
    package static func join(_ base: String, _ path: String) -> String {
        if path.utf8.first == slash || base.isEmpty { return path }
        if path.isEmpty { return base }
        return base.utf8.last == slash ? base + path : base + "/" + path
    }

    /// Without `.`, `..`, doubled or trailing slashes. A relative path may still start with `..`; nothing left is `.`.
    package static func normalize(_ path: String) -> String {
        if isNormal(path) { return path }
        let isAbsolute = path.utf8.first == slash
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." {
                if let last = parts.last, last != ".." {
                    parts.removeLast()
                } else if !isAbsolute {
                    parts.append(part)
                }
            } else {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        if isAbsolute { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }

    /// Whether nothing would change in the path; false also where that takes longer to find out.
    private static func isNormal(_ path: String) -> Bool {
        var before = slash
        var isFirst = true
        for byte in path.utf8 {
            // A part that is empty or starts with a dot.
            if before == slash, (byte == slash && !isFirst) || byte == UInt8(ascii: ".") { return false }
            before = byte
            isFirst = false
        }
        return before != slash || path.utf8.count == 1
    }

    /// The absolute, normalized form of `path` seen from `directory`.
    package static func absolute(_ path: String, from directory: String) -> String {
        normalize(join(directory, path))
    }

    /// All but the last part: "/" for a path directly below it, "" for a bare name.
    package static func parent(_ path: String) -> String {
        let bytes = path.utf8
        guard let index = bytes.lastIndex(of: slash) else { return "" }
        if index == bytes.startIndex { return "/" }
        return String(path[..<index])
    }

    /// The last part.
    package static func name(_ path: String) -> String {
        guard let index = path.utf8.lastIndex(of: slash) else { return path }
        return String(path[path.utf8.index(after: index)...])
    }

    /// The path that leads from the directory `base` to `path`; both absolute and normalized. `.` when equal.
    package static func relative(_ path: String, to base: String) -> String {
        if path == base { return "." }
        if let inside = inside(path, of: base) { return inside }
        let target = path.split(separator: "/")
        let start = base.split(separator: "/")
        var common = 0
        while common < target.count, common < start.count, target[common] == start[common] { common += 1 }
        let up = Array(repeating: "..", count: start.count - common)
        return (up + target[common...].map(String.init)).joined(separator: "/")
    }

    /// The rest of `path` below `directory`; nil when it is not strictly below. Both normalized.
    package static func inside(_ path: String, of directory: String) -> String? {
        if directory == "/" { return path.utf8.count > 1 && path.utf8.first == slash ? String(path.dropFirst()) : nil }
        let bytes = path.utf8
        let prefix = directory.utf8
        guard bytes.count > prefix.count + 1, bytes.starts(with: prefix) else { return nil }
        let index = bytes.index(bytes.startIndex, offsetBy: prefix.count)
        guard bytes[index] == slash else { return nil }
        return String(path[bytes.index(after: index)...])
    }

    /// Whether `path` is `directory` or below it. Both normalized.
    package static func isSameOrInside(_ path: String, _ directory: String) -> Bool {
        path == directory || inside(path, of: directory) != nil
    }

    /// The extension with its dot; "" when the name has none.
    package static func suffix(_ path: String) -> String {
        let name = name(path)
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return String(name[dot...])
    }

    private static let slash = UInt8(ascii: "/")
}
