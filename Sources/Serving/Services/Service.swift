import Glibc
package import Inference
import Synchronization

/// A model with a name that requests can be sent to.
package final class Service: Sendable {
    package let name: String
    package let version: String
    package let slot: ModelSlot
    package let batcher: Batcher
    /// Its number in metrics, which the server gives.
    let number = Atomic<Int>(0)
    /// How long an answer may take, when the server allows more.
    let timeout: Duration?
    /// The methods of a Python model.
    let calls: MethodCalls?
    /// Turns what clients send into tensors, and answers into predictions; nil where tensors are all there is.
    private let form: Mutex<ServiceForm>
    /// Why the last new version of the model was not taken; how many were, and how many not.
    let reloads = Mutex(Reloads())

    struct Reloads {
        var done = 0
        var failed = 0
        var failure: String?
    }

    /// Owns the model from now on, and closes it in the end.
    package init(
        name: String,
        version: String = "1",
        model: any Model,
        form: ServiceForm = ServiceForm(),
        batching: BatcherOptions = BatcherOptions(),
        timeout: Duration? = nil,
        methods: (any MethodCallable)? = nil
    ) {
        self.timeout = timeout
        self.name = name
        self.version = version
        self.form = Mutex(form)
        slot = ModelSlot(model)
        batcher = Batcher(slot, options: batching)
        calls = methods.map { [batcher] in MethodCalls($0, batcher) }
    }

    package var signature: ModelSignature { slot.signature }
    package var isReady: Bool { calls?.callable.isReady ?? true }
    var currentForm: ServiceForm { form.withLock { $0 } }

    /// Whether the name can stand in a path and a metric.
    package static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 128 && name != "." && name != ".." && name != "v1" && name != "v2"
            && name.utf8.allSatisfy { byte in
                byte < 0x80 && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber)
                    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            }
    }

    /// Puts a new version of the model in place, without losing a request; blocks until the old one is closed.
    package func replace(with model: any Model, form: ServiceForm) {
        self.form.withLock { $0 = form }
        if !slot.replace(with: model) { return model.close() }
        reloads.withLock { reloads in
            reloads.done += 1
            reloads.failure = nil
        }
    }

    /// Notes that a new version cannot be used; the old one stays.
    package func noteFailedReload(_ reason: String) {
        reloads.withLock { reloads in
            reloads.failed += 1
            reloads.failure = reason
        }
    }

    /// Takes the place of an earlier service of its name, whose count of versions goes on.
    package func succeed(_ old: Service) {
        let earlier = old.reloads.withLock { $0 }
        reloads.withLock { reloads in
            reloads.done = earlier.done + 1
            reloads.failed = earlier.failed
            reloads.failure = nil
        }
    }

    /// Ends a service to which no more requests come, when those that came have their answers or the time is over.
    package func retire(within limit: Duration) {
        let end = Clock.now &+ limit.nanoseconds
        while isBusy, Clock.now < end { usleep(2000) }
        close()
    }

    private var isBusy: Bool {
        let statistics = batcher.statistics
        return statistics.waiting > 0 || statistics.running > 0 || calls?.isBusy == true
    }

    /// Ends the service: what waits is told so.
    package func close() {
        // First, as a worker that hangs would be waited for.
        calls?.callable.close()
        calls?.close()
        batcher.close()
        slot.close()
    }
}
