import Basics
import Digests
import NIOCore
import OrderedCollections
import Values

/// The page to try the services by hand; it learns of them from `/openapi.json`, so it is the same for all servers.
enum Page {
    static let response: HTTPResponse = {
        let html = PackageResources.page_html
        var response = HTTPResponse(contentType: "text/html; charset=utf-8", body: ByteBuffer(bytes: html))
        response.headers = [
            ("content-security-policy", policy(String(decoding: html, as: UTF8.self))),
            ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("cache-control", "no-cache"),
            ("vary", "accept"),
        ]
        return response
    }()

    /// What programs are told at the same place: KServe's first protocol asks there whether the server lives.
    static let status = HTTPResponse(.map(["status": .string("alive")]))

    /// Allows the page's own script and style, known by their checksums, and requests to this server; nothing else.
    private static func policy(_ html: String) -> String {
        let script = checksum(of: "script", in: html)
        let style = checksum(of: "style", in: html)
        return "default-src 'none'; script-src 'sha256-\(script)'; style-src 'sha256-\(style)'; connect-src 'self'; "
            + "img-src blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    }

    /// The checksum of the only element of this name, which has no attributes.
    private static func checksum(of element: String, in html: String) -> String {
        let after = html.split(separator: "<\(element)>", maxSplits: 1).last ?? ""
        let content = after.split(separator: "</\(element)>", maxSplits: 1).first ?? ""
        var hasher = SHA256()
        hasher.update(Array(content.utf8))
        return Base64.encode(hasher.finalize())
    }
}
