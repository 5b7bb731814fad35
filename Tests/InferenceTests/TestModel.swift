import Basics

@testable import Inference

/// A model that doubles its input and tells what it was asked.
final class TestModel: Model, @unchecked Sendable {
    // What changes is in monitors.
    let signature: ModelSignature
    let concurrency: Int
    let isBatchable: Bool
    let isInProcess: Bool
    let factor: Float
    /// The rows of each run.
    let runs = Monitor<[Int]>([])
    let isClosed = Monitor(false)
    let active = Monitor((now: 0, most: 0))
    /// Called in each run with the input's numbers.
    let onRun: @Sendable ([Float]) throws(InferenceError) -> Void

    init(
        concurrency: Int = 1,
        isBatchable: Bool = true,
        isInProcess: Bool = true,
        width: Int? = 2,
        factor: Float = 2,
        onRun: @escaping @Sendable ([Float]) throws(InferenceError) -> Void = { _ in }
    ) {
        signature = ModelSignature(
            platform: "test",
            inputs: [.init(name: "x", dataType: .float32, shape: [nil, width])],
            outputs: [
                .init(name: "y", kind: .tensor(.float32, shape: [nil, width])),
                .init(name: "z", kind: .tensor(.float32, shape: [nil, width])),
            ]
        )
        self.concurrency = concurrency
        self.isBatchable = isBatchable
        self.isInProcess = isInProcess
        self.factor = factor
        self.onRun = onRun
    }

    func infer(_ inputs: [NamedTensor], outputs: [String], deadline: Deadline?) throws(InferenceError) -> [NamedValue] {
        guard !isClosed.withLock({ $0 }) else { throw .failed("used after its end") }
        let x = try signature.arranged(inputs, outputs: outputs)[0].tensor
        active.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        defer { active.withLock { $0.now -= 1 } }
        runs.withLock { $0.append(x.rows ?? 0) }
        try onRun(x.floats)
        let memory = TensorMemory(byteCount: x.byteCount)
        for (index, number) in x.floats.enumerated() {
            memory.bytes.storeBytes(of: number * factor, toByteOffset: index * 4, as: Float.self)
        }
        let y = ModelValue.tensor(try Tensor(.float32, shape: x.shape, memory: memory))
        return (outputs.isEmpty ? ["y", "z"] : outputs).map { NamedValue($0, y) }
    }

    func close() {
        isClosed.withLock { $0 = true }
    }
}

/// A door that holds back whoever passes until it is opened.
final class Door: Sendable {
    private let state = Monitor((isOpen: false, arrivals: 0))

    func pass() {
        state.withLock { $0.arrivals += 1 }
        _ = state.wait { $0.isOpen ? true : nil }
    }

    func open() {
        state.withLock { $0.isOpen = true }
    }

    func waitForArrivals(_ count: Int) {
        _ = state.wait { $0.arrivals >= count ? true : nil }
    }
}

/// Answers by number, as they come.
final class Answers: Sendable {
    private let results = Monitor<[Int: Result<[NamedValue], InferenceError>]>([:])
    private let doubled = Monitor(0)

    func completion(_ number: Int) -> Batcher.Completion {
        { result in
            let isFirst = self.results.withLock { $0.updateValue(result, forKey: number) == nil }
            if !isFirst { self.doubled.withLock { $0 += 1 } }
        }
    }

    /// Waits until there are so many answers.
    func wait(_ count: Int) -> [Int: Result<[NamedValue], InferenceError>] {
        results.wait { $0.count >= count ? $0 : nil }
    }

    var now: [Int: Result<[NamedValue], InferenceError>] { results.withLock { $0 } }
    var repetitions: Int { doubled.withLock { $0 } }
}

extension Result where Success == [NamedValue], Failure == InferenceError {
    var floats: [Float]? { (try? get())?.first?.value.tensor?.floats }

    var error: InferenceError? {
        if case .failure(let error) = self { error } else { nil }
    }
}

/// A request with so many rows of two numbers, which begin at `start`.
func request(
    _ rows: Int,
    from start: Float = 0,
    width: Int = 2,
    outputs: [String] = [],
    deadline: Deadline? = nil
) throws -> InferenceRequest {
    let numbers = (0..<rows * width).map { start + Float($0) }
    return InferenceRequest(
        inputs: [NamedTensor("x", try .floats([rows, width], numbers))],
        outputs: outputs,
        deadline: deadline
    )
}

func doubles(_ rows: Int, from start: Float = 0, width: Int = 2) -> [Float] {
    (0..<rows * width).map { 2 * (start + Float($0)) }
}
