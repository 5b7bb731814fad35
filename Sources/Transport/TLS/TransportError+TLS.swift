import NIOSSL

extension TransportError {
    /// Why TLS failed, in few words.
    init(securing error: any Error, _ origin: Origin) {
        switch error {
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            self = .tls(origin, "its certificate is that of another server")
        case NIOSSLError.uncleanShutdown:
            // The server has died, or what is between: no question of trust.
            self = .closed(origin)
        default:
            let word = Self.word(error)
            let isCut = word.contains("EOF during handshake")
            self = isCut ? .closed(origin) : .tls(origin, Self.sentences[word] ?? "TLS failed (\(word))")
        }
    }

    private static let sentences = [
        "CERTIFICATE_VERIFY_FAILED": "its certificate is not trusted",
        "WRONG_VERSION_NUMBER": "it speaks no TLS",
        "HTTP_REQUEST": "it speaks no TLS",
        "TLSV1_ALERT_UNKNOWN_CA": "it does not trust the certificate of this client",
        "TLSV1_CERTIFICATE_REQUIRED": "it wants a certificate of the client",
        "TLSV1_ALERT_CERTIFICATE_REQUIRED": "it wants a certificate of the client",
    ]

    /// BoringSSL's own word for what went wrong, or all that is known.
    static func word(_ error: any Error) -> String {
        let text = "\(error)"
        let mark = "OPENSSL_internal:"
        guard let range = text.ranges(of: mark).last else { return text }
        return String(text[range.upperBound...].prefix { $0 != " " && $0 != "]" && $0 != ")" && $0 != "," })
    }
}
