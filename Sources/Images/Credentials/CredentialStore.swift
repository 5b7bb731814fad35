import Basics
import OrderedCollections
import Values

/// Finds credentials in the files of Docker and podman, and asks the helpers that those name.
package struct CredentialStore: Sendable {
    /// The files, those that count first first; they need not exist.
    private let files: [String]
    /// Credentials that were given by other means, by registry.
    package var given: [String: Credential] = [:]

    package init(files: [String]) {
        self.files = files
    }

    /// The credential for a repository; nil when there is none.
    package func credential(registry: String, repository: String) throws(ImageError) -> Credential? {
        if let credential = given[registry] { return credential }
        for file in files {
            guard let bytes = try mappingFileErrors({ () throws(FileError) in try Files.readIfPresent(file) }) else {
                continue
            }
            guard bytes.count <= 1 << 20, let value = try? JSONDocument.parse(bytes, file) else {
                throw .credentials("'\(file)' cannot be read: it is no JSON object")
            }
            if let credential = try credential(registry, repository, value, file) { return credential }
        }
        return nil
    }

    private func credential(
        _ registry: String,
        _ repository: String,
        _ value: Value,
        _ file: String
    ) throws(ImageError) -> Credential? {
        let names = Self.names(registry, repository)
        for (key, helper) in value["credHelpers"]?.map ?? [:] {
            if Self.plain(key.text) == names.last, let helper = helper.string {
                return try CredentialHelper(helper).credential(for: registry)
            }
        }
        let entries = value["auths"]?.map ?? [:]
        for name in names {
            for (key, entry) in entries where Self.plain(key.text) == name {
                if let credential = try Self.credential(entry, file) { return credential }
            }
        }
        guard let helper = value["credsStore"]?.string, !helper.isEmpty else { return nil }
        return try CredentialHelper(helper).credential(for: registry)
    }

    /// The keys under which credentials may stand, the narrowest first.
    private static func names(_ registry: String, _ repository: String) -> [String] {
        let parts = repository.split(separator: "/")
        let narrow = stride(from: parts.count, to: 0, by: -1).map {
            registry + "/" + parts[..<$0].joined(separator: "/")
        }
        return narrow + [registry]
    }

    /// A key without scheme and version of the protocol, and one name for Docker Hub.
    private static func plain(_ key: String) -> String {
        var text = key[...]
        for prefix in ["https://", "http://"] where text.hasPrefix(prefix) { text = text.dropFirst(prefix.count) }
        for suffix in ["/", "/v1", "/v2"] where text.hasSuffix(suffix) { text = text.dropLast(suffix.count) }
        return ["index.docker.io", "registry-1.docker.io"].contains(text) ? "docker.io" : String(text)
    }

    private static func credential(_ entry: Value, _ file: String) throws(ImageError) -> Credential? {
        if let token = entry["registrytoken"]?.string, !token.isEmpty { return .registryToken(token) }
        if let token = entry["identitytoken"]?.string, !token.isEmpty { return .identityToken(token) }
        if let text = entry["auth"]?.string, !text.isEmpty {
            guard let bytes = Base64.decode(text), let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
                throw .credentials("'\(file)' has an 'auth' that is not base64 of user:password")
            }
            // Docker of old ended them with zero bytes.
            let password = bytes[(colon + 1)...].reversed().drop { $0 == 0 }.reversed()
            return named(String(decoding: bytes[..<colon], as: UTF8.self), String(decoding: password, as: UTF8.self))
        }
        guard let user = entry["username"]?.string, let password = entry["password"]?.string else { return nil }
        return named(user, password)
    }

    static func named(_ user: String, _ secret: String) -> Credential {
        user == "<token>" ? .identityToken(secret) : .basic(user: user, password: secret)
    }
}

/// A program that keeps credentials.
///
/// https://github.com/docker/docker-credential-helpers
struct CredentialHelper {
    private let name: String

    init(_ name: String) throws(ImageError) {
        let isPlain = name.utf8.allSatisfy { byte in
            let character = Character(UnicodeScalar(byte))
            return byte < 0x80 && (character.isLetter || character.isNumber || "._-".contains(character))
        }
        guard isPlain, !name.isEmpty else { throw .credentials("'\(name.prefix(60))' names no credential helper") }
        self.name = name
    }

    /// What the helper has for a registry; nil when it has nothing.
    func credential(for registry: String) throws(ImageError) -> Credential? {
        let program = "docker-credential-\(name)"
        let server = registry == "docker.io" ? "https://index.docker.io/v1/" : registry
        let result: ChildProcess.Result
        do throws(FileError) {
            result = try ChildProcess.run([program, "get"], input: Array(server.utf8))
        } catch {
            throw .credentials("the credential helper '\(program)' cannot be run: \(error.reason)")
        }
        guard result.ending.isSuccess else {
            let isMissing = (result.text + result.errorText).lowercased().contains("not found")
            if isMissing { return nil }
            throw .credentials("the credential helper '\(program)' failed")
        }
        guard result.output.count <= 1 << 16, let value = try? JSONDocument.parse(result.output, program),
            let user = value["Username"]?.string, let secret = value["Secret"]?.string
        else { throw .credentials("the credential helper '\(program)' answers with no credential") }
        return CredentialStore.named(user, secret)
    }
}
