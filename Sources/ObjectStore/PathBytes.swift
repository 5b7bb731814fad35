import Glibc

/// Order and rules of paths as bytes.
enum PathBytes {
    static let slash = UInt8(ascii: "/")

    /// Negative, zero or positive as the first sorts before, with or after the second.
    @inline(__always)
    static func compare(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) -> Int {
        let common = min(first.count, second.count)
        if common > 0, let a = first.baseAddress, let b = second.baseAddress {
            let order = memcmp(a, b, common)
            if order != 0 { return Int(order) }
        }
        return first.count - second.count
    }

    /// The order of two names of directories by the paths inside them: as if a slash followed each name.
    static func compareDirectories(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) -> Int {
        let common = min(first.count, second.count)
        let order = compare(
            UnsafeBufferPointer(rebasing: first[..<common]),
            UnsafeBufferPointer(rebasing: second[..<common])
        )
        if order != 0 || first.count == second.count { return order }
        let a = first.count > common ? first[common] : slash
        let b = second.count > common ? second[common] : slash
        return a != b ? Int(a) - Int(b) : first.count - second.count
    }

    /// The longest path that any system call takes.
    static let lengthLimit = 4095

    /// Whether the bytes are a path that stays below where it starts: parts that are neither empty, `.` nor `..`.
    static func isSafe(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = path.baseAddress, !path.isEmpty, path.count <= lengthLimit,
            memchr(base, 0, path.count) == nil
        else { return false }
        var part = path[...]
        while true {
            let start = base + part.startIndex
            let slash = memchr(start, Int32(Self.slash), part.count).map { UnsafeRawPointer(start).distance(to: $0) }
            let length = slash ?? part.count
            if length == 0 || isDots(start, length) { return false }
            if slash == nil { return true }
            part = part.dropFirst(length + 1)
        }
    }

    @inline(__always)
    private static func isDots(_ part: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        let dot = UInt8(ascii: ".")
        return length <= 2 && part[0] == dot && part[length - 1] == dot
    }

    /// Whether `path` is `directory` or inside it; everything is inside the empty path.
    static func isSameOrInside(_ path: [UInt8], _ directory: [UInt8]) -> Bool {
        if directory.isEmpty { return true }
        guard path.starts(with: directory) else { return false }
        return path.count == directory.count || path[directory.count] == slash
    }

    static func text(_ path: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: path, as: UTF8.self)
    }
}
