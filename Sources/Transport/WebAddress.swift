/// An `http` or `https` address, taken apart.
package struct WebAddress: Sendable, Hashable {
    package let origin: Origin
    /// Begins with a slash; a query may follow, a fragment not.
    package let path: String

    /// Reads an address; `host:port` alone is one of `http`.
    ///
    /// Names and passwords before the host are refused: they would end up in logs.
    package init(_ text: String) throws(TransportError) {
        let isSecure = text.lowercased().hasPrefix("https://")
        let hasScheme = isSecure || text.lowercased().hasPrefix("http://")
        let rest = hasScheme ? text.dropFirst(isSecure ? 8 : 7) : text[...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        guard let (host, port) = Self.split(rest[..<end], standard: isSecure ? 443 : 80) else {
            // What stands before an @ may be a password.
            let isTelling = rest[..<end].contains("@")
            throw .invalidAddress(
                isTelling ? String(text.prefix(text.count - rest.count)) + "…" : String(text.prefix { $0 != "?" })
            )
        }
        origin = Origin(isSecure: isSecure, host: host, port: port)
        let tail = rest[end...].prefix { $0 != "#" }
        guard tail.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw .invalidAddress(origin.description) }
        path = tail.hasPrefix("/") ? String(tail) : "/" + tail
    }

    init(checked origin: Origin, _ path: String) {
        self.origin = origin
        self.path = path
    }

    private static func split(_ authority: Substring, standard: Int) -> (host: String, port: Int)? {
        var host = authority
        var port = standard
        let bracket = authority.lastIndex(of: "]") ?? authority.startIndex
        if let colon = authority[bracket...].lastIndex(of: ":") {
            guard let number = UInt16(authority[authority.index(after: colon)...]), number > 0 else { return nil }
            port = Int(number)
            host = authority[..<colon]
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            let inner = host.dropFirst().dropLast()
            guard !inner.isEmpty, inner.allSatisfy({ $0.isHexDigit || ":.%".contains($0) }) else { return nil }
            return (String(inner), port)
        }
        guard !host.isEmpty, host.utf8.count <= 253,
            host.utf8.allSatisfy({ byte in
                let character = Character(UnicodeScalar(byte))
                return byte < 0x80 && (character.isLetter || character.isNumber || "-._".contains(character))
            })
        else { return nil }
        return (String(host), port)
    }
}
