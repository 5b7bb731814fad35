import Compression
import NIOCore
import NIOHPACK

/// The header fields of a call that matter.
struct GRPCRequestHead {
    private(set) var path = ""
    private(set) var authorization: String?
    private(set) var encoding = "identity"
    private(set) var acceptedEncodings = ""
    private(set) var timeout: String?
    private var method = ""
    private var contentType = ""

    init(_ headers: HPACKHeaders) {
        for (name, value, _) in headers {
            switch name {
            case ":path": path = value
            case ":method": method = value
            case "content-type": contentType = value
            case "grpc-encoding": encoding = value
            case "grpc-accept-encoding": acceptedEncodings = value
            case "grpc-timeout": timeout = value
            case "authorization": authorization = value
            default: break
            }
        }
    }

    /// The HTTP status for what is no gRPC at all.
    var httpRefusal: Int? {
        if method != "POST" { return 405 }
        switch contentType {
        case "application/grpc", "application/grpc+proto": return nil
        default: return contentType.hasPrefix("application/grpc;") ? nil : 415
        }
    }

    /// How the message is compressed; nil for not at all.
    func compression() throws(GRPCStatus) -> CompressionFormat? {
        switch encoding {
        case "identity": return nil
        case "gzip": return .gzip
        case "deflate": return .zlib
        default: throw GRPCStatus(.unimplemented, "there is no decompression of '\(encoding)'")
        }
    }

    /// Whether the client reads what is compressed as it compresses itself.
    var acceptsItsEncoding: Bool {
        acceptedEncodings.split(separator: ",").contains { entry in
            entry.drop { $0 == " " } == encoding
        }
    }

    /// How long the client waits: up to eight digits and a unit.
    func timeLimit(or standard: TimeAmount) throws(GRPCStatus) -> TimeAmount {
        guard let timeout else { return standard }
        let digits = timeout.utf8.dropLast()
        guard let unit = timeout.utf8.last, let scale = Self.nanoseconds(unit), (1...8).contains(digits.count),
            digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let count = Int64(timeout.dropLast())
        else { throw GRPCStatus(.invalidArgument, "grpc-timeout is no time") }
        let (amount, overflows) = count.multipliedReportingOverflow(by: scale)
        // No answer is waited for longer than a day.
        return .nanoseconds(overflows ? 86_400_000_000_000 : min(amount, 86_400_000_000_000))
    }

    private static func nanoseconds(_ unit: UInt8) -> Int64? {
        switch unit {
        case UInt8(ascii: "H"): 3_600_000_000_000
        case UInt8(ascii: "M"): 60_000_000_000
        case UInt8(ascii: "S"): 1_000_000_000
        case UInt8(ascii: "m"): 1_000_000
        case UInt8(ascii: "u"): 1000
        case UInt8(ascii: "n"): 1
        default: nil
        }
    }
}
