/// The name of an image at a registry, with a tag or digest.
///
/// https://github.com/distribution/reference
package struct ImageReference: Hashable, Sendable, CustomStringConvertible {
    /// The host as it is written, `docker.io` for those without.
    package let registry: String
    /// Without the registry.
    package let repository: String
    package var tag: String?
    package var digest: ContentDigest?

    package init(registry: String, repository: String, tag: String? = nil, digest: ContentDigest? = nil) {
        self.registry = registry
        self.repository = repository
        self.tag = tag
        self.digest = digest
    }

    /// Reads `registry/repository:tag@digest`; all but the repository may be missing.
    package init(_ text: String) throws(ImageError) {
        let shown = String(text.prefix(300))
        if text.contains("://") { throw .invalidReference(shown, "a scheme such as https:// does not belong there") }
        var rest = text[...]
        if let at = rest.firstIndex(of: "@") {
            digest = try ContentDigest(String(rest[rest.index(after: at)...]))
            rest = rest[..<at]
        }
        let slash = rest.lastIndex(of: "/") ?? rest.startIndex
        if let colon = rest[slash...].lastIndex(of: ":") {
            let tag = rest[rest.index(after: colon)...]
            guard Self.isTag(tag) else {
                throw .invalidReference(shown, "tags are made of up to 128 letters, digits, '_', '-' and '.'")
            }
            self.tag = String(tag)
            rest = rest[..<colon]
        }
        let first = rest.prefix { $0 != "/" }
        let hasRegistry =
            first.endIndex < rest.endIndex && (first.contains(".") || first.contains(":") || first == "localhost")
        let host = hasRegistry ? String(first) : "docker.io"
        registry = host == "index.docker.io" ? "docker.io" : host
        var path = hasRegistry ? String(rest.dropFirst(first.count + 1)) : String(rest)
        if registry == "docker.io", !path.contains("/") { path = "library/" + path }
        repository = path
        guard Self.isRegistry(registry) else { throw .invalidReference(shown, "'\(registry)' is no host") }
        guard Self.isRepository(path) else {
            throw .invalidReference(
                shown,
                path == path.lowercased()
                    ? "repositories are made of lower-case letters, digits, '.', '_', '-' and '/'"
                    : "repositories have no capital letters"
            )
        }
    }

    /// The registry and repository.
    package var name: String { "\(registry)/\(repository)" }

    package var description: String {
        name + (tag.map { ":" + $0 } ?? "") + (digest.map { "@\($0)" } ?? "")
    }

    /// What a registry is asked for: the digest where there is one, or the tag, which is `latest` unless given.
    package var selector: String { digest?.description ?? tag ?? "latest" }

    /// The same image, pinned.
    package func pinned(_ digest: ContentDigest) -> ImageReference {
        ImageReference(registry: registry, repository: repository, digest: digest)
    }

    /// Whether text can be a tag.
    package static func isTag(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 128, first != UInt8(ascii: "."),
            first != UInt8(ascii: "-")
        else { return false }
        return text.utf8.allSatisfy { isAlphanumeric($0) || "_-.".utf8.contains($0) }
    }

    private static func isRegistry(_ text: String) -> Bool {
        var host = text[...]
        if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") {
            guard let port = UInt16(host[host.index(after: colon)...]), port > 0 else { return false }
            host = host[..<colon]
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            return host.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" }
        }
        return !host.isEmpty && host.utf8.count <= 253
            && host.utf8.allSatisfy { isAlphanumeric($0) || ".-".utf8.contains($0) }
    }

    private static func isRepository(_ text: String) -> Bool {
        guard text.utf8.count <= 255 else { return false }
        return text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            guard let first = part.utf8.first, let last = part.utf8.last, isLower(first), isLower(last) else {
                return false
            }
            var separators = 0
            for byte in part.utf8 {
                if isLower(byte) {
                    separators = 0
                } else {
                    separators += 1
                    guard "._-".utf8.contains(byte), separators <= 2 || byte == UInt8(ascii: "-") else { return false }
                }
            }
            return !part.contains("..") && !part.contains("._") && !part.contains("_.")
        }
    }

    private static func isLower(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isLower(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}
