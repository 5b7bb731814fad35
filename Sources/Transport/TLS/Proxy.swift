import Basics
import NIOCore

/// A server that passes connections on.
struct Proxy: Sendable, Hashable {
    let host: String
    let port: Int
    /// The value of `proxy-authorization`.
    let authorization: String?

    /// Reads `http://user:password@host:port`; the scheme may be missing.
    init(_ text: String) throws(TransportError) {
        var rest = text[...]
        if let mark = rest.ranges(of: "://").first {
            guard rest[..<mark.lowerBound].lowercased() == "http" else {
                throw .invalidAddress("\(rest[..<mark.lowerBound])://… (of a proxy)")
            }
            rest = rest[mark.upperBound...]
        }
        rest = rest.prefix { $0 != "/" }
        var authorization: String?
        if let at = rest.lastIndex(of: "@") {
            authorization = "Basic " + Base64.encode(Self.decoded(rest[..<at]))
            rest = rest[rest.index(after: at)...]
        }
        let address = try WebAddress("http://" + rest)
        host = address.origin.host
        port = address.origin.port
        self.authorization = authorization
    }

    private static func decoded(_ text: Substring) -> [UInt8] {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(digits, radix: 16) {
                result.append(value)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte)
            }
        }
        return result
    }
}

/// Which proxies stand before which servers.
package struct ProxySettings: Sendable, Hashable {
    private var http: Proxy?
    private var https: Proxy?
    private var exceptions: [String] = []

    /// No proxies.
    package init() {}

    /// As `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` have them.
    package init(http: String?, https: String?, exceptions: String?) throws(TransportError) {
        if let http, !http.isEmpty { self.http = try Proxy(http) }
        if let https, !https.isEmpty { self.https = try Proxy(https) }
        self.exceptions = (exceptions ?? "").split { $0 == "," || $0 == " " }.map { $0.lowercased() }
    }

    /// The proxy before a server; never for this machine itself.
    func proxy(for origin: Origin) -> Proxy? {
        guard let proxy = origin.isSecure ? https : http else { return nil }
        let host = origin.host.lowercased()
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || host.hasPrefix("127.") { return nil }
        return exceptions.contains { Self.matches(host, origin.port, $0) } ? nil : proxy
    }

    /// Whether an exception is for the host: `*`, a name and all below it, an address, a network as `10.0.0.0/8`.
    private static func matches(_ host: String, _ port: Int, _ exception: String) -> Bool {
        if exception == "*" { return true }
        if let network = IPv4Network(exception) { return network.contains(host) }
        var name = exception[...]
        if let colon = name.lastIndex(of: ":"), let number = Int(name[name.index(after: colon)...]),
            name.firstIndex(of: ":") == colon
        {
            if number != port { return false }
            name = name[..<colon]
        }
        if name.hasPrefix("*") { name = name.dropFirst() }
        if name.hasPrefix(".") { return host.hasSuffix(name) }
        return host == name || host.hasSuffix("." + name)
    }
}

/// Addresses that begin alike.
private struct IPv4Network {
    let address: UInt32
    let mask: UInt32

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let length = UInt32(parts[1]), length <= 32, let address = Self.number(parts[0]) else {
            return nil
        }
        self.address = address
        mask = length == 0 ? 0 : ~UInt32(0) << (32 - length)
    }

    func contains(_ host: String) -> Bool {
        Self.number(host[...]).map { $0 & mask == address & mask } ?? false
    }

    private static func number(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard parts.count == 4 else { return nil }
        var number: UInt32 = 0
        for part in parts {
            guard let part else { return nil }
            number = number << 8 | UInt32(part)
        }
        return number
    }
}
