import NIOSSL

/// How a client secures connections.
package struct TLSSettings: Sendable, Hashable {
    /// Certificates or a key in PEM.
    package enum PEM: Sendable, Hashable {
        case file(String)
        case bytes([UInt8])
    }

    /// Trusted in place of what the system trusts.
    package var trustRoots: PEM?
    /// Trusted besides.
    package var additionalRoots: PEM?
    /// The client's own certificate and those that vouch for it.
    package var certificate: PEM?
    package var key: PEM?
    /// The name that the server's certificate must have; the host's unless given.
    package var serverName: String?
    /// Whether the server is not checked at all, so that anyone in between can read and change everything.
    package var skipsVerification = false

    package init() {}
}

extension TLSSettings {
    /// A context; the client's certificate is in it only where it may be shown.
    func context(
        for origin: Origin,
        showsCertificate: Bool,
        applicationProtocols: [String]
    ) throws(TransportError) -> NIOSSLContext {
        do {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.applicationProtocols = applicationProtocols
            switch trustRoots {
            case .file(let path): configuration.trustRoots = .file(path)
            case .bytes(let bytes): configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(bytes))
            case nil: break
            }
            if let additionalRoots {
                configuration.additionalTrustRoots = [.certificates(try additionalRoots.certificates())]
            }
            if showsCertificate, let certificate, let key {
                configuration.certificateChain = try certificate.certificates().map { .certificate($0) }
                configuration.privateKey = .privateKey(try key.privateKey())
            }
            if skipsVerification { configuration.certificateVerification = .none }
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw .tls(
                origin,
                "the certificates or the key given for it cannot be used (\(TransportError.word(error)))"
            )
        }
    }
}

extension TLSSettings.PEM {
    fileprivate func certificates() throws -> [NIOSSLCertificate] {
        switch self {
        case .file(let path): try NIOSSLCertificate.fromPEMFile(path)
        case .bytes(let bytes): try NIOSSLCertificate.fromPEMBytes(bytes)
        }
    }

    fileprivate func privateKey() throws -> NIOSSLPrivateKey {
        switch self {
        case .file(let path): try NIOSSLPrivateKey(file: path, format: .pem)
        case .bytes(let bytes): try NIOSSLPrivateKey(bytes: bytes, format: .pem)
        }
    }
}
