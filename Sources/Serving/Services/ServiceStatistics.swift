import Synchronization

/// What happened to the requests of one service.
final class ServiceStatistics: Sendable {
    let successes = Atomic<Int>(0)
    let failures = Atomic<Int>(0)
}
