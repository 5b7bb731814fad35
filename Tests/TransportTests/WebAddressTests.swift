import Testing
import Transport

@Suite struct WebAddressTests {
    @Test(arguments: [
        ("localhost:3000", "http://localhost:3000", "/"), ("http://a.b", "http://a.b", "/"),
        ("https://a.b/v2?x=1#y", "https://a.b", "/v2?x=1"), ("https://a.b:80/", "https://a.b:80", "/"),
        ("http://[::1]:8080/p", "http://[::1]:8080", "/p"), ("HTTP://127.0.0.1?q", "http://127.0.0.1", "/?q"),
    ])
    func addressesAreTakenApart(text: String, origin: String, path: String) throws {
        let address = try WebAddress(text)
        #expect(address.origin.description == origin && address.path == path)
    }

    @Test(arguments: [
        "", "http://", "http://a:0", "http://a:99999", "http://a:b", "a b", "http://[x]/", "http://a/ b", "ftp://x/",
    ])
    func otherTextsAreNone(text: String) {
        #expect(throws: TransportError.self) { try WebAddress(text) }
    }

    @Test func aPasswordIsNotTold() {
        let error = #expect(throws: TransportError.self) { try WebAddress("https://user:secret@host/") }
        #expect(error?.description.contains("secret") == false)
    }
}
