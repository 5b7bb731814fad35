import Inference

/// Why a call has no answer, as its trailers tell it.
struct GRPCStatus: Error, Hashable {
    /// https://grpc.github.io/grpc/core/md_doc_statuscodes.html
    enum Code: Int {
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
