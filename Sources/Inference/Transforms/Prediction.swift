import OrderedCollections
package import Values

/// What a model says of one image or row.
package struct Prediction: Sendable, Hashable {
    /// The answer in short.
    package enum Decision: Sendable, Hashable {
        /// The index of a class.
        case one(Int)
        /// The indices of all classes that apply.
        case several([Int])
        /// The model's number, of a regression.
        case number(Double)
    }

    package let decision: Decision
    /// The probability of each class; empty for a number.
    package let scores: [Double]
    /// The indices of the probabilities to tell, in their order.
    package let shown: [Int]
    package let labels: Labels?
    /// Whether the scores come unchanged from numbers of single precision, and so have no more digits.
    let isSingle: Bool

    init(
        decision: Decision,
        scores: [Double] = [],
        shown: [Int] = [],
        labels: Labels? = nil,
        isSingle: Bool
    ) {
        self.decision = decision
        self.scores = scores
        self.shown = shown
        self.labels = labels
        self.isSingle = isSingle
    }

    /// `{"prediction": …, "probabilities": {…}}`, the latter by label or else by index.
    package var value: Value {
        var map: Value.Map = [:]
        switch decision {
        case .one(let index): map["prediction"] = name(index)
        case .several(let indices): map["prediction"] = .list(indices.map(name))
        case .number(let number): map["prediction"] = .float(told(number))
        }
        if !scores.isEmpty {
            let pairs = shown.map { (Value.Key(labels?.names[$0] ?? String($0)), Value.float(told(scores[$0]))) }
            map["probabilities"] = .map(Value.Map(pairs) { first, _ in first })
        }
        return .map(map)
    }

    /// The number with no more digits than it has.
    private func told(_ number: Double) -> Double {
        isSingle ? Double(Float(number).description) ?? number : number
    }

    private func name(_ index: Int) -> Value {
        if let labels { .string(labels.names[index]) } else { .int(index) }
    }
}

extension Prediction {
    /// Adds ``value`` as JSON text.
    package func write(json: inout [UInt8]) {
        json += #"{"prediction": "#.utf8
        switch decision {
        case .one(let index): write(name: index, &json)
        case .several(let indices):
            json.append(UInt8(ascii: "["))
            for (position, index) in indices.enumerated() {
                if position > 0 { json += ", ".utf8 }
                write(name: index, &json)
            }
            json.append(UInt8(ascii: "]"))
        case .number(let number): write(number, &json)
        }
        if !scores.isEmpty { writeProbabilities(&json) }
        json.append(UInt8(ascii: "}"))
    }

    private func writeProbabilities(_ json: inout [UInt8]) {
        json += #", "probabilities": {"#.utf8
        for (position, index) in shown.enumerated() {
            if position > 0 { json += ", ".utf8 }
            if let labels { json += labels.json[index] } else { json += "\"\(index)\"".utf8 }
            json += ": ".utf8
            write(scores[index], &json)
        }
        json.append(UInt8(ascii: "}"))
    }

    private func write(name index: Int, _ json: inout [UInt8]) {
        if let labels { json += labels.json[index] } else { json += String(index).utf8 }
    }

    private func write(_ number: Double, _ json: inout [UInt8]) {
        json += (isSingle ? Float(number).description : number.description).utf8
    }
}
