import Foundation
import Glibc
import TestSupport

/// A client of ports of this machine.
enum Loopback {
    /// A connection to a local port.
    static func connect(_ port: Int) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return code == 0 ? descriptor : -1
    }

    /// Sends a text through a new connection and gives all that comes back; on a thread, as it waits.
    static func exchange(_ port: Int, _ bytes: [UInt8]) async -> [UInt8] {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let descriptor = connect(port)
                defer { close(descriptor) }
                Thread.detachNewThread {
                    _ = CannedServer.write(descriptor, bytes)
                    shutdown(descriptor, Int32(SHUT_WR))
                }
                var result: [UInt8] = []
                while let piece = CannedServer.readSome(descriptor) { result += piece }
                continuation.resume(returning: result)
            }
        }
    }
}
