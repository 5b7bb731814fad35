import Glibc

extension TransportError {
    /// The system's words for an error number.
    static func text(_ code: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let start = buffer.baseAddress, strerror_r(code, start, 256) == 0 else { return "error \(code)" }
            return String(cString: start)
        }
    }
}
