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
        if path.count > lengthLimit { return false }
        var start = 0
        for position in 0...path.count {
            if position < path.count, path[position] != slash {
                if path[position] == 0 { return false }
                continue
            }
            let length = position - start
            if length == 0 { return false }
            let dot = UInt8(ascii: ".")
            if length <= 2, path[start] == dot, path[position - 1] == dot { return false }
            start = position + 1
        }
        return true
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
