import Inference

/// Why a call has no answer, as its trailers tell it.
struct GRPCStatus: Error, Hashable {
    /// https://grpc.github.io/grpc/core/md_doc_statuscodes.html
    enum Code: Int, CaseIterable {
        case ok = 0
        case cancelled = 1
        case invalidArgument = 3
        case deadlineExceeded = 4
        case notFound = 5
        case resourceExhausted = 8
        case unimplemented = 12
        case `internal` = 13
        case unavailable = 14
        case unauthenticated = 16

        /// The name as gRPC writes it.
        var name: StaticString {
            switch self {
            case .ok: "OK"
            case .cancelled: "CANCELLED"
            case .invalidArgument: "INVALID_ARGUMENT"
            case .deadlineExceeded: "DEADLINE_EXCEEDED"
            case .notFound: "NOT_FOUND"
            case .resourceExhausted: "RESOURCE_EXHAUSTED"
            case .unimplemented: "UNIMPLEMENTED"
            case .internal: "INTERNAL"
            case .unavailable: "UNAVAILABLE"
            case .unauthenticated: "UNAUTHENTICATED"
            }
        }

        /// What HTTP has for it.
        var httpStatus: Int {
            switch self {
            case .ok: 200
            case .cancelled: 499
            case .invalidArgument: 400
            case .deadlineExceeded: 504
            case .notFound: 404
            case .resourceExhausted: 429
            case .unimplemented: 501
            case .internal: 500
            case .unavailable: 503
            case .unauthenticated: 401
            }
        }
    }

    let code: Code
    let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    init(_ error: InferenceError) {
        switch error {
        case .invalidInput: self.init(.invalidArgument, error.description)
        case .notFound: self.init(.notFound, error.description)
        case .overloaded: self.init(.resourceExhausted, error.description)
        case .timeout: self.init(.deadlineExceeded, error.description)
        case .unavailable: self.init(.unavailable, error.description)
        case .failed: self.init(.internal, error.description)
        case .refused(let status, let text):
            switch status {
            case 404: self.init(.notFound, text)
            case 429: self.init(.resourceExhausted, text)
            case 400..<500: self.init(.invalidArgument, text)
            case 503: self.init(.unavailable, text)
            default: self.init(.internal, text)
            }
        }
    }

    init(_ error: ProtobufError) {
        self.init(.invalidArgument, error.description)
    }

    /// The message as `grpc-message` carries it: what is not printable ASCII, and `%`, by its bytes in hexadecimal.
    var encodedMessage: String {
        let isPlain = { (byte: UInt8) in byte >= 0x20 && byte <= 0x7E && byte != UInt8(ascii: "%") }
        // Clients take 8 KiB of headers at least.
        let bytes = message.utf8.prefix(2000)
        if message.utf8.count <= 2000, bytes.allSatisfy(isPlain) { return message }
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in bytes {
            if isPlain(byte) {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
