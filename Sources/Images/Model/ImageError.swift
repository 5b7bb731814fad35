package import Basics

/// Why an image cannot be read, made or sent.
package enum ImageError: HintedError, Hashable {
    case invalidReference(String, String)
    case invalidDigest(String)
    case invalidPlatform(String)
    /// What is no proper manifest, configuration or the like, and why.
    case malformed(String, String)
    case tooLarge(String, limit: Int)
    /// Bytes that are not what their digest says.
    case mismatch(ContentDigest, got: ContentDigest)
    /// More or fewer bytes than announced.
    case wrongSize(ContentDigest, expected: Int)
    case missing(String)
    case nothingBuilt
    /// An index without an image for a platform, and what it has.
    case noPlatform(String, available: [String])
    /// What a registry refused.
    case refused(RegistryRefusal)
    /// A registry that cannot be reached or understood.
    case unreachable(String, isUntrusted: Bool)
    case credentials(String)
    case file(FileError)
    case invalid(String)
    case cancelled

    package var hint: String? {
        switch self {
        case .refused(let refusal): refusal.hint
        case .unreachable(_, isUntrusted: true):
            "--ca-file trusts a certificate; --plain-http speaks to a registry without TLS"
        case .nothingBuilt: "'apus image build' builds one"
        case .noPlatform(_, let available): available.isEmpty ? nil : "it has " + available.joined(separator: ", ")
        case .mismatch: "the registry, or something before it, gives out other bytes than it should"
        default: nil
        }
    }
}

extension ImageError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidReference(let text, let reason): "'\(text)' names no image: \(reason)"
        case .invalidDigest(let text): "'\(text)' is no digest: sha256: and 64 digits from 0 to f"
        case .invalidPlatform(let text): "'\(text)' is no platform such as linux/amd64"
        case .malformed(let what, let reason): "\(what) is not what it should be: \(reason)"
        case .tooLarge(let what, let limit): "\(what) is larger than \(limit) bytes"
        case .mismatch(let expected, let got): "the bytes of \(expected) have the digest \(got)"
        case .wrongSize(let digest, let expected): "\(digest) does not have the \(expected) bytes that were announced"
        case .missing(let what): "there is no \(what)"
        case .nothingBuilt: "no image was built here"
        case .noPlatform(let platform, _): "the image is not made for \(platform)"
        case .refused(let refusal): refusal.description
        case .unreachable(let reason, _): reason
        case .credentials(let reason): reason
        case .file(let error): error.description
        case .invalid(let reason): reason
        case .cancelled: "cancelled"
        }
    }
}

/// What a registry said no to, and how.
package struct RegistryRefusal: Hashable, Sendable, CustomStringConvertible {
    package let registry: String
    /// What was asked for, as `push of team/digits`.
    package let action: String
    package let status: Int
    /// The registry's own code, such as `MANIFEST_UNKNOWN`, and words.
    package let code: String
    package let message: String
    /// Whether credentials were sent.
    package let hadCredentials: Bool
    /// When to come back, in the registry's own words.
    var retryAfter: String?

    package var description: String {
        let words = [code, message].filter { !$0.isEmpty }.joined(separator: ": ")
        let reason =
            switch status {
            case 401: hadCredentials ? "the user name or password is not accepted" : "it wants a user name and password"
            case 403: "it is not allowed"
            case 404: "there is no such thing"
            case 429: "too many requests"
            default: "HTTP status \(status)"
            }
        return "\(registry) refuses the \(action): \(reason)" + (words.isEmpty ? "" : " (\(words))")
    }

    var hint: String? {
        switch status {
        case 401, 403: "log in with 'docker login \(registry)' or 'podman login \(registry)', whose files are read"
        case 413: "something before the registry limits the size of requests"
        default: nil
        }
    }
}

/// Runs work whose file errors become image errors.
func mappingFileErrors<Value>(_ body: () throws(FileError) -> Value) throws(ImageError) -> Value {
    do throws(FileError) {
        return try body()
    } catch {
        throw .file(error)
    }
}
