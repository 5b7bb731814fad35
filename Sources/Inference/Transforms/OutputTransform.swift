/// Makes predictions with labels and probabilities of a model's scores.
package struct OutputTransform: Sendable, Hashable {
    /// How scores become probabilities.
    package enum Activation: Sendable, Hashable {
        /// They are probabilities, or plain numbers.
        case none
        /// One of the classes applies.
        case softmax
        /// Each class applies or not; a single score tells between two classes.
        case sigmoid
    }

    /// The model's output with the scores, when it has several.
    package var tensor: String?
    package var activation = Activation.none
    package var labels: Labels?
    /// The file of the labels, as it is written; who reads the description reads it.
    package var labelsPath: String?
    /// How many probabilities are told, the largest first; nil for all in the order of the scores.
    package var topCount: Int?
    /// From which probability on a class applies, with ``Activation/sigmoid``.
    package var threshold = 0.5

    package init() {}

    /// Makes a prediction of each row of the scores.
    ///
    /// A model that gives other scores than the description says is at fault, not the caller.
    package func predictions(of outputs: [NamedValue]) throws(InferenceError) -> [Prediction] {
        let output = try scores(among: outputs)
        switch output.value {
        case .tensor(let tensor): return try predictions(of: tensor)
        case .sequence(let rows):
            var predictions: [Prediction] = []
            for row in rows { predictions.append(try prediction(ofMap: row)) }
            return predictions
        case .map: return [try prediction(ofMap: output.value)]
        }
    }

    /// The output with the scores.
    private func scores(among outputs: [NamedValue]) throws(InferenceError) -> NamedValue {
        if let tensor {
            if let output = outputs.first(where: { $0.name == tensor }) { return output }
            let names = outputs.map(\.name).joined(separator: ", ")
            throw .failed("the model has no output '\(tensor)'; its outputs are \(names)")
        }
        let candidates = outputs.filter(\.value.mayBeScores)
        guard candidates.count == 1 else {
            let names = outputs.map(\.name).joined(separator: ", ")
            throw .failed("which of the outputs \(names) has the scores? `outputs.tensor` tells it")
        }
        return candidates[0]
    }

    private func predictions(of tensor: Tensor) throws(InferenceError) -> [Prediction] {
        guard let scores = tensor.scores else {
            throw .failed("the model's scores are \(tensor.dataType.rawValue), not floating-point numbers")
        }
        let count = tensor.shape.count > 1 ? tensor.shape[0] : 1
        guard count > 0 else { return [] }
        let width = scores.count / count
        guard width > 0 else { throw .failed("the model gave no scores") }
        var predictions: [Prediction] = []
        predictions.reserveCapacity(count)
        let isSingle = tensor.dataType != .float64
        for row in 0..<count {
            let own = scores[(row * width)..<((row + 1) * width)]
            predictions.append(try prediction(of: Array(own), labels: labels, isSingle: isSingle))
        }
        return predictions
    }

    /// A prediction of one of ZipMap's rows, whose keys are the labels unless there are others.
    private func prediction(ofMap value: ModelValue) throws(InferenceError) -> Prediction {
        guard case .map(let keys, let values) = value, let scores = values.scores, !scores.isEmpty else {
            throw .failed("the model's scores are not numbers by class")
        }
        let isSingle = values.dataType != .float64
        return try prediction(of: scores, labels: labels ?? keys.keyLabels, isSingle: isSingle)
    }

    private func prediction(
        of scores: [Double],
        labels: Labels?,
        isSingle: Bool
    ) throws(InferenceError) -> Prediction {
        var scores = scores
        if scores.count == 1, activation == .none, labels == nil {
            guard scores[0].isFinite else { throw Self.notFinite }
            return Prediction(decision: .number(scores[0]), isSingle: isSingle)
        }
        activate(&scores)
        let isBinary = scores.count == 1 && activation == .sigmoid && (labels == nil || labels?.names.count == 2)
        if isBinary { scores = [1 - scores[0], scores[0]] }
        guard labels == nil || labels?.names.count == scores.count else {
            throw .failed("the model gives \(scores.count) scores and there are \(labels?.names.count ?? 0) labels")
        }
        guard scores.allSatisfy(\.isFinite) else { throw Self.notFinite }
        return Prediction(
            decision: decision(scores, isBinary: isBinary),
            scores: scores,
            shown: shown(scores),
            labels: labels,
            isSingle: isSingle && activation == .none
        )
    }

    private static let notFinite = InferenceError.failed("the model gave scores that are no finite numbers")

    private func decision(_ scores: [Double], isBinary: Bool) -> Prediction.Decision {
        if isBinary { return .one(scores[1] >= threshold ? 1 : 0) }
        if activation == .sigmoid { return .several(scores.indices.filter { scores[$0] >= threshold }) }
        return .one(scores.indices.max { scores[$0] < scores[$1] || (scores[$0] == scores[$1] && $0 > $1) } ?? 0)
    }

    /// The indices of the probabilities to tell, in their order.
    private func shown(_ scores: [Double]) -> [Int] {
        guard let topCount else { return Array(scores.indices) }
        let sorted = scores.indices.sorted { scores[$0] > scores[$1] || (scores[$0] == scores[$1] && $0 < $1) }
        return Array(sorted.prefix(topCount))
    }
}
