import Basics
import NIOCore
import NIOHTTP1
import NIOSSL
import Testing
import Transport

/// Certificates that `openssl` makes for the names `localhost` and `127.0.0.1`.
private struct Certificates {
    let folder: String
    var certificate: String { Paths.join(folder, "server.pem") }
    var key: String { Paths.join(folder, "server.key") }

    static let isPossible = Files.exists("/usr/bin/openssl")

    init(names: String = "DNS:localhost,DNS:other.test,IP:127.0.0.1") throws {
        folder = try Files.makeTemporaryFolder("transport-")
        let result = try ChildProcess.run([
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test",
            "-addext", "subjectAltName=\(names)", "-keyout", key, "-out", certificate,
        ])
        try #require(result.ending.isSuccess, "\(result.errorText)")
    }

    func remove() { try? Files.remove(folder) }

    func serverContext(wantsClient: Bool = false) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
        )
        if wantsClient {
            configuration.trustRoots = .file(certificate)
            configuration.certificateVerification = .noHostnameVerification
        }
        return try NIOSSLContext(configuration: configuration)
    }
}

@Suite(.timeLimit(.minutes(1)), .enabled(if: Certificates.isPossible, "openssl makes the certificates"))
struct SecureClientTests {
    private func status(_ server: AnsweringServer, _ change: (inout TLSSettings) throws -> Void) async throws -> Int {
        var settings = HTTPClientSettings()
        try change(&settings.tls)
        let response = try await HTTPClient(settings).send(HTTPRequest(.GET, server.address("/")))
        _ = try await response.collect(upTo: 100)
        return response.status
    }

    @Test(arguments: ["localhost", "127.0.0.1"]) func aServerIsTrustedWhenItsCertificateIs(name: String) async throws {
        let certificates = try Certificates()
        defer { certificates.remove() }
        let bytes = try Files.read(certificates.certificate)
        let tls = try certificates.serverContext()
        try await AnsweringServer.with(tls: tls, name: name, .init { _, _ in .text("ok") }) { server async throws in
            #expect(try await status(server) { $0.trustRoots = .file(certificates.certificate) } == 200)
            #expect(try await status(server) { $0.trustRoots = .bytes(bytes) } == 200)
            #expect(try await status(server) { $0.additionalRoots = .bytes(bytes) } == 200)
            #expect(try await status(server) { $0.skipsVerification = true } == 200)
            await #expect(throws: TransportError.tls(server.origin, "its certificate is not trusted")) {
                try await status(server) { _ in }
            }
            #expect(
                try await status(server) {
                    $0.trustRoots = .bytes(bytes)
                    $0.serverName = "other.test"
                } == 200
            )
        }
    }

    @Test func aServerMustHaveTheNameThatIsAskedFor() async throws {
        let certificates = try Certificates(names: "DNS:localhost")
        defer { certificates.remove() }
        let bytes = try Files.read(certificates.certificate)
        let tls = try certificates.serverContext()
        try await AnsweringServer.with(tls: tls, name: "localhost", .init { _, _ in .text("ok") }) {
            server async throws in
            #expect(try await status(server) { $0.trustRoots = .bytes(bytes) } == 200)
            await #expect(throws: TransportError.tls(server.origin, "its certificate is that of another server")) {
                try await status(server) {
                    $0.trustRoots = .bytes(bytes)
                    $0.serverName = "wrong.test"
                }
            }
        }
        try await AnsweringServer.with(tls: tls, .init { _, _ in .text("ok") }) { server async throws in
            await #expect(throws: TransportError.self) { try await status(server) { $0.trustRoots = .bytes(bytes) } }
        }
    }

    @Test func aClientShowsItsCertificateToTheServerThatWasAsked() async throws {
        let certificates = try Certificates()
        defer { certificates.remove() }
        let tls = try certificates.serverContext(wantsClient: true)
        let (certificate, key) = (try Files.read(certificates.certificate), try Files.read(certificates.key))
        try await AnsweringServer.with(tls: tls, name: "localhost", .init { _, _ in .text("ok") }) {
            server async throws in
            let identified: (inout TLSSettings) -> Void = {
                $0.trustRoots = .bytes(certificate)
                $0.certificate = .bytes(certificate)
                $0.key = .bytes(key)
            }
            #expect(try await status(server, identified) == 200)
            await #expect(throws: TransportError.self) {
                try await status(server) { $0.trustRoots = .bytes(certificate) }
            }
            let location = "\(server.origin)/"
            let redirecting = try certificates.serverContext()
            try await AnsweringServer.with(
                tls: redirecting,
                name: "localhost",
                .init { _, _ in
                    .text("", status: 302, [("location", location)])
                }
            ) { other async throws in
                await #expect(throws: TransportError.self) { try await status(other, identified) }
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test func aSecuredServerMaySendToNoneThatIsNot() async throws {
        let certificates = try Certificates()
        defer { certificates.remove() }
        let tls = try certificates.serverContext()
        try await AnsweringServer.with(
            tls: tls,
            .init { _, _ in
                .text("", status: 302, [("location", "http://127.0.0.1:1/")])
            }
        ) { server async throws in
            await #expect(throws: TransportError.redirect(server.origin, "the other address is not secured")) {
                try await status(server) { $0.skipsVerification = true }
            }
        }
    }

    @Test func badKeysAreErrorsThatDoNotShowThem() async throws {
        try await AnsweringServer.with(.init { _, _ in .text("ok") }) { server async throws in
            var settings = HTTPClientSettings()
            settings.tls.certificate = .bytes(Array("secret".utf8))
            settings.tls.key = .bytes(Array("secret".utf8))
            let address = try WebAddress("https://127.0.0.1:\(server.origin.port)/")
            let client = HTTPClient(settings)
            let error = await #expect(throws: TransportError.self) {
                _ = try await client.send(HTTPRequest(.GET, address))
            }
            #expect(error.map { !"\($0)".contains("secret") } == true)
        }
    }
}
