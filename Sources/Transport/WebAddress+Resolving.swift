extension WebAddress {
    /// An address of a server that is known; the path begins with a slash.
    package init(origin: Origin, path: String) throws(TransportError) {
        guard path.hasPrefix("/"), path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .invalidAddress(origin.description)
        }
        self.init(checked: origin, String(path.prefix { $0 != "#" }))
    }

    /// Where a reference leads that was found at this address, such as the `location` of an answer (RFC 3986, 5.2).
    package func resolving(_ reference: String) throws(TransportError) -> WebAddress {
        let lowercased = reference.lowercased()
        if lowercased.hasPrefix("http://") || lowercased.hasPrefix("https://") { return try WebAddress(reference) }
        if reference.hasPrefix("//") { return try WebAddress((origin.isSecure ? "https:" : "http:") + reference) }
        if reference.hasPrefix("/") { return try WebAddress(origin: origin, path: reference) }
        let scheme = reference.prefix { $0 != ":" && $0 != "/" && $0 != "?" && $0 != "#" }
        if reference.dropFirst(scheme.count).first == ":" { throw .invalidAddress(String(scheme.prefix(20)) + ":…") }
        let base = path.prefix { $0 != "?" }
        if reference.isEmpty { return self }
        if reference.hasPrefix("?") { return try WebAddress(origin: origin, path: base + reference) }
        let folder = base[...(base.lastIndex(of: "/") ?? base.startIndex)]
        let end = reference.firstIndex { $0 == "?" || $0 == "#" } ?? reference.endIndex
        let joined = Self.withoutDots(folder + reference[..<end])
        return try WebAddress(origin: origin, path: joined + reference[end...])
    }

    /// Takes `.` and `..` out of a path.
    private static func withoutDots(_ path: Substring) -> String {
        var parts: [Substring] = []
        let all = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for (index, part) in all.enumerated() {
            let isLast = index == all.count - 1
            switch part {
            case ".": if isLast { parts.append("") }
            case "..":
                _ = parts.popLast()
                if isLast { parts.append("") }
            default: parts.append(part)
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The value of a query's field, as it stands there.
    package func query(_ name: String) -> Substring? {
        guard let mark = path.firstIndex(of: "?") else { return nil }
        for field in path[path.index(after: mark)...].split(separator: "&") where field.hasPrefix(name + "=") {
            return field.dropFirst(name.count + 1)
        }
        return nil
    }

    /// The same address with a field more in its query; the value is percent-encoded.
    package func adding(_ name: String, _ value: String) -> WebAddress {
        let mark = path.contains("?") ? (path.hasSuffix("?") || path.hasSuffix("&") ? "" : "&") : "?"
        return WebAddress(checked: origin, path + mark + name + "=" + Self.encoded(value))
    }

    /// Text as a value of a query (RFC 3986, 2.3).
    package static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                result.append(byte)
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): result.append(byte)
            default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
