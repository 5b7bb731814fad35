import NIOCore
import NIOHTTP1
import Testing

@testable import Transport

@Suite(.timeLimit(.minutes(1))) struct ProxyTests {
    @Test func whatIsExceptedGoesWithoutAProxy() throws {
        let settings = try ProxySettings(
            http: "http://user:p%40ss@proxy.test:3128",
            https: "proxy.test",
            exceptions: "intern.test, .deep.test,10.0.0.0/8,one.test:8080"
        )
        func proxy(_ text: String) throws -> Proxy? { settings.proxy(for: try WebAddress(text).origin) }
        for address in [
            "http://localhost:80", "http://127.0.0.1", "http://intern.test", "http://a.intern.test",
            "https://x.deep.test",
            "http://10.200.3.4:99", "http://one.test:8080", "http://[::1]:80",
        ] { #expect(try proxy(address) == nil, "\(address)") }
        for address in [
            "http://deep.test", "http://xintern.test", "http://11.0.0.1", "http://one.test", "http://other",
        ] {
            #expect(try proxy(address)?.port == 3128, "\(address)")
        }
        #expect(try proxy("http://other")?.authorization == "Basic dXNlcjpwQHNz")
        #expect(try proxy("https://other")?.port == 80)
        #expect(
            try ProxySettings(http: "http://p", https: nil, exceptions: "*").proxy(for: WebAddress("x").origin) == nil
        )
    }

    @Test(arguments: ["socks5://user:secret@p", "http://user:secret@", "http://user:secret@a b"])
    func badProxiesAreErrorsWithoutTheirPasswords(text: String) {
        let error = #expect(throws: TransportError.self) { try ProxySettings(http: text, https: nil, exceptions: nil) }
        #expect(error.map { !"\($0)".contains("secret") } == true)
    }

    @Test(arguments: [
        (200, nil), (407, "the proxy asks for a password"), (502, "the proxy answers with HTTP status 502"),
    ])
    func aConnectionGoesThroughAProxy(status: Int, failure: String?) async throws {
        // It is the proxy and the server behind it at once.
        try await RawServer.with(
            .init { heard in
                guard heard.hasSuffix("\r\n\r\n") else { return nil }
                if heard.hasPrefix("CONNECT registry.test:5000 HTTP/1.1\r\n") { return "HTTP/1.1 \(status) X\r\n\r\n" }
                return "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
            }
        ) { proxy async throws in
            var settings = HTTPClientSettings()
            settings.proxies = try ProxySettings(http: "\(proxy)", https: nil, exceptions: nil)
            let client = HTTPClient(settings)
            let request = HTTPRequest(.GET, try WebAddress("http://registry.test:5000/"))
            if let failure {
                await #expect(throws: TransportError.noConnection(request.address.origin, failure)) {
                    _ = try await client.send(request)
                }
            } else {
                #expect(String(buffer: try await client.send(request).collect(upTo: 10)) == "ok")
            }
        }
    }

    @Test func anAddressBehindAProxyIsNotTrusted() async throws {
        var settings = HTTPClientSettings()
        settings.proxies = try ProxySettings(http: nil, https: "http://127.0.0.1:1", exceptions: nil)
        let request = HTTPRequest(.GET, try WebAddress("https://10.1.2.3:6443/"))
        let expected = TransportError.tls(
            request.address.origin,
            "its certificate cannot be checked for an address behind a proxy, only for a name"
        )
        await #expect(throws: expected) { _ = try await HTTPClient(settings).send(request) }
        // With a name, or unchecked, the proxy is asked, which does not answer here.
        settings.tls.serverName = "kubernetes"
        await #expect(throws: TransportError.noConnection(request.address.origin, "Connection refused")) {
            _ = try await HTTPClient(settings).send(request)
        }
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("yesterday", nil),
        ("Sun, 06 Foo 1994 08:49:37 GMT", nil), ("Sun, 06 Nov 99999 08:49:37 GMT", nil),
    ]) func datesAreRead(text: String, expected: Int?) { #expect(HTTPDate.seconds(text) == expected) }

    @Test(arguments: [
        ("/a/b?c", "d", "/a/d"), ("/a/b", "../x?y=1#z", "/x?y=1"), ("/a/b/", "./c/./d", "/a/b/c/d"),
        ("/a", "?q", "/a?q"), ("/a", "/r", "/r"), ("/a/b", "../../../x", "/x"), ("/a?b", "", "/a?b"),
        ("/a/b", "..", "/"),
    ]) func referencesAreResolved(base: String, reference: String, expected: String) throws {
        let address = try WebAddress("http://h:5000" + base)
        #expect(try address.resolving(reference) == WebAddress("http://h:5000" + expected))
    }

    @Test(arguments: ["file:///etc/passwd", "/a b", "ftp://x", "http://user:secret@h/", "/\u{7F}"])
    func badReferencesAreRefused(reference: String) throws {
        let address = try WebAddress("http://h/")
        #expect(throws: TransportError.self) { try address.resolving(reference) }
    }

    @Test func queriesAreReadAndExtended() throws {
        let address = try WebAddress("http://h/p?a=1&b=2")
        #expect(address.query("b") == "2" && address.query("c") == nil)
        #expect(address.adding("d", "sha256:1/2").path == "/p?a=1&b=2&d=sha256%3A1%2F2")
        #expect(try WebAddress("http://h/p").adding("d", "1").path == "/p?d=1")
    }
}
