import NIOCore
import Synchronization

/// The listening channel, once there is one.
final class Listener: Sendable {
    private let channel = Mutex<(any Channel)?>(nil)

    func set(_ new: any Channel) {
        channel.withLock { $0 = new }
    }

    func take() -> (any Channel)? {
        channel.withLock { channel in
            defer { channel = nil }
            return channel
        }
    }
}
