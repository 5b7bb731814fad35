import Basics
import CONNXRuntime
import Glibc
import Synchronization

/// Ends runs of a model when nobody waits for them any more.
///
/// ONNX Runtime looks whether it is to end between two operators. A run costs no lock and no memory here.
final class RunLimiter: @unchecked Sendable {
    // Safe to share: what changes is atomic, and the library sets and reads its flag from any thread.

    /// The place of a run.
    final class Place: @unchecked Sendable {
        let options: OpaquePointer
        /// When the run is to end, or one of the words below.
        fileprivate let state = Atomic<UInt64>(Place.free)

        fileprivate static let free: UInt64 = 0
        /// The thread that ends runs is at it.
        fileprivate static let claimed: UInt64 = 1
        fileprivate static let ended: UInt64 = 2

        fileprivate init(_ options: OpaquePointer) {
            self.options = options
        }
    }

    private let api: OpaquePointer
    private let places: [Place]
    private let isClosed = Atomic<Bool>(false)
    private let thread = Mutex<pthread_t?>(nil)

    /// As many places as runs at the same time.
    init(_ runtime: ONNXRuntime, count: Int) throws(InferenceError) {
        api = runtime.api
        var places: [Place] = []
        do {
            for _ in 0..<count {
                places.append(Place(try runtime.make { ort_create_run_options(runtime.api, &$0) }))
            }
        } catch {
            for place in places { ort_release_run_options(runtime.api, place.options) }
            throw error
        }
        self.places = places
        let handle = Workers.spawnThread { [weak self] in
            while true {
                usleep(pause)
                guard let self, !self.isClosed.load(ordering: .relaxed) else { return }
                self.endLate()
            }
        }
        thread.withLock { $0 = handle }
    }

    deinit {
        for place in places { ort_release_run_options(api, place.options) }
    }

    /// No run may be under way or follow.
    func close() {
        isClosed.store(true, ordering: .relaxed)
        let handle = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        if let handle { pthread_detach(handle) }
    }

    /// A place for a run; nil when there are more runs than there should be.
    func begin(until deadline: Deadline) -> Place? {
        let moment = max(deadline.nanoseconds, Place.ended + 1)
        for place in places
        where place.state.compareExchange(expected: Place.free, desired: moment, ordering: .acquiring).exchanged {
            return place
        }
        return nil
    }

    /// Gives the place of a run back that has come to its end; tells whether it was made to.
    func finish(_ place: Place) -> Bool {
        var state = place.state.load(ordering: .relaxed)
        if state > Place.ended {
            let (isDone, now) = place.state.compareExchange(
                expected: state,
                desired: Place.free,
                ordering: .acquiringAndReleasing
            )
            if isDone { return false }
            state = now
        }
        while state != Place.ended {
            sched_yield()
            state = place.state.load(ordering: .acquiring)
        }
        if let status = ort_unset_terminate(api, place.options) { ort_release_status(api, status) }
        place.state.store(Place.free, ordering: .releasing)
        return true
    }

    private func endLate() {
        let now = Deadline(.now).nanoseconds
        for place in places {
            let moment = place.state.load(ordering: .relaxed)
            guard moment > Place.ended, moment <= now,
                place.state.compareExchange(expected: moment, desired: Place.claimed, ordering: .acquiring).exchanged
            else { continue }
            if let status = ort_set_terminate(api, place.options) { ort_release_status(api, status) }
            place.state.store(Place.ended, ordering: .releasing)
        }
    }
}

extension Deadline {
    /// Since some moment of this process.
    fileprivate var nanoseconds: UInt64 { Self.start.duration(to: instant).nanoseconds }

    private static let start = ContinuousClock.now
}

/// Between two looks, in microseconds.
private let pause: useconds_t = 20_000
