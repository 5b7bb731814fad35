import NIOHTTP1

/// The header fields that mean something here.
struct HTTPFields {
    var contentType = ""
    var contentEncoding = ""
    var accept = ""
    var acceptEncoding = ""
    var authorization = ""
    var apiKey = ""
    var origin = ""
    var requestedMethod = ""
    var requestID = ""
    /// `Inference-Header-Content-Length`: the bytes of JSON before binary tensors.
    var jsonLength: Int?
    var contentLength: Int?
    var isChunked = false
    var expectsContinue = false
    /// Whether a field has a value that makes no sense.
    var isMalformed = false

    init(_ headers: HTTPHeaders) {
        for (name, value) in headers {
            // The lengths of the names tell nearly all apart.
            switch name.utf8.count {
            case 6 where name.matches("accept"): accept = value
            case 6 where name.matches("origin"): origin = value
            case 6 where name.matches("expect"): expectsContinue = value.matches("100-continue")
            case 9 where name.matches("x-api-key"): apiKey = value
            case 12 where name.matches("content-type"): contentType = value
            case 12 where name.matches("x-request-id"): requestID = value
            case 13 where name.matches("authorization"): authorization = value
            case 14 where name.matches("content-length"): contentLength = Int(value)
            case 15 where name.matches("accept-encoding"): acceptEncoding = value
            case 16 where name.matches("content-encoding"): contentEncoding = value
            case 17 where name.matches("transfer-encoding"): isChunked = true
            case 29 where name.matches("access-control-request-method"): requestedMethod = value
            case 31 where name.matches("inference-header-content-length"):
                jsonLength = Int(value)
                if (jsonLength ?? -1) < 0 { isMalformed = true }
            default: break
            }
        }
    }

    /// The media type without its parameters, in lower case.
    var mediaType: String {
        if contentType.utf8.elementsEqual("application/json".utf8) { return contentType }
        return contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    }
}

extension String {
    /// Whether the ASCII texts are the same but for the case of letters.
    @inline(__always)
    func matches(_ other: StaticString) -> Bool {
        guard utf8.count == other.utf8CodeUnitCount else { return false }
        var index = 0
        for byte in utf8 {
            let wanted = other.utf8Start[index]
            if byte != wanted, byte | 0x20 != wanted || byte < UInt8(ascii: "A") { return false }
            index += 1
        }
        return true
    }
}
