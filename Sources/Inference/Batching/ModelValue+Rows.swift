extension ModelValue {
    /// How many requests' rows the value has: a tensor's first extent or the length of a sequence; nil where there are none.
    var rows: Int? {
        switch self {
        case .tensor(let tensor): tensor.rows
        case .sequence(let elements): elements.count
        case .map: nil
        }
    }

    /// Some of the rows, over the same memory.
    func slice(rows range: Range<Int>) throws(InferenceError) -> ModelValue {
        switch self {
        case .tensor(let tensor): return .tensor(try tensor.slice(rows: range))
        case .sequence(let elements): return .sequence(Array(elements[range.clamped(to: elements.indices)]))
        case .map: throw .failed("a map has no rows")
        }
    }

    /// The rows of several values of one kind, one below the other.
    static func joining(_ parts: [ModelValue]) throws(InferenceError) -> ModelValue {
        if case .sequence = parts.first {
            return .sequence(parts.flatMap { $0.elements })
        }
        let tensors = parts.compactMap(\.tensor)
        guard tensors.count == parts.count else { throw .failed("a map has no rows") }
        guard tensors.allSatisfy({ $0.shape.dropFirst() == tensors[0].shape.dropFirst() }) else {
            throw .failed("the model gave rows of several shapes")
        }
        return .tensor(try Tensor.joining(tensors))
    }

    private var tensor: Tensor? {
        if case .tensor(let tensor) = self { tensor } else { nil }
    }

    private var elements: [ModelValue] {
        if case .sequence(let elements) = self { elements } else { [] }
    }

    /// Whether two values tell the same, but for what another order of additions changes.
    func agrees(with other: ModelValue) -> Bool {
        switch (self, other) {
        case (.tensor(let one), .tensor(let two)): one.agrees(with: two)
        case (.map(let keys, let values), .map(let otherKeys, let otherValues)):
            keys.agrees(with: otherKeys) && values.agrees(with: otherValues)
        case (.sequence(let one), .sequence(let two)):
            one.count == two.count && zip(one, two).allSatisfy { $0.agrees(with: $1) }
        default: false
        }
    }
}

extension Tensor {
    /// Whether the numbers are the same to the bit.
    package func hasSameBytes(as other: Tensor) -> Bool {
        withBytes { ours in other.withBytes { ours.elementsEqual($0) } }
    }

    fileprivate func agrees(with other: Tensor) -> Bool {
        guard dataType == other.dataType, shape == other.shape else { return false }
        if case .strings(let one) = content, case .strings(let two) = other.content { return one == two }
        switch dataType {
        case .float32: return isClose(to: other, as: Float.self) { Double($0) }
        case .float64: return isClose(to: other, as: Double.self) { $0 }
        // The halves' upper bits are enough: sign, exponent and the first digits.
        case .bfloat16: return isClose(to: other, as: UInt16.self) { Double(Float(bitPattern: UInt32($0) << 16)) }
        case .float16: return isClose(to: other, as: UInt16.self) { Double(Float.half($0)) }
        default: return hasSameBytes(as: other)
        }
    }

    private func isClose<Element: BitwiseCopyable>(
        to other: Tensor,
        as type: Element.Type,
        _ number: (Element) -> Double
    ) -> Bool {
        let tolerance = dataType.size == 2 ? 0.05 : 0.001
        return withBytes { ours in
            other.withBytes { theirs in
                (0..<elementCount).allSatisfy { index in
                    let offset = index * MemoryLayout<Element>.stride
                    let one = number(ours.loadUnaligned(fromByteOffset: offset, as: type))
                    let two = number(theirs.loadUnaligned(fromByteOffset: offset, as: type))
                    return one == two || one.isNaN && two.isNaN || abs(one - two) <= tolerance * max(1, abs(one))
                }
            }
        }
    }
}

extension Float {
    /// The number that an IEEE 754 half has; not every platform has the type.
    fileprivate static func half(_ bits: UInt16) -> Float {
        let magnitude =
            Float(bitPattern: UInt32(bits & 0x7fff) << 13) * Float(sign: .plus, exponent: 112, significand: 1)
        let value = bits & 0x7c00 == 0x7c00 ? (bits & 0x3ff == 0 ? .infinity : .nan) : magnitude
        return bits & 0x8000 == 0 ? value : -value
    }
}

/// The answers to requests that were run together.
enum RowSplit {
    /// Each request's part of the answers; nil when an answer has not as many rows as the requests.
    static func split(_ answers: [NamedValue], rows: [Int]) throws(InferenceError) -> [[NamedValue]]? {
        let total = rows.reduce(0, +)
        guard answers.allSatisfy({ $0.value.rows == total }) else { return nil }
        var result: [[NamedValue]] = []
        result.reserveCapacity(rows.count)
        var start = 0
        for count in rows {
            var part: [NamedValue] = []
            part.reserveCapacity(answers.count)
            for answer in answers {
                part.append(NamedValue(answer.name, try answer.value.slice(rows: start..<start + count)))
            }
            result.append(part)
            start += count
        }
        return result
    }

    /// One answer of the answers to the parts of a request.
    static func join(_ parts: [[NamedValue]]) throws(InferenceError) -> [NamedValue] {
        guard let first = parts.first else { return [] }
        return try first.indices.map { index throws(InferenceError) in
            NamedValue(first[index].name, try ModelValue.joining(parts.map { $0[index].value }))
        }
    }

    /// Whether rows got the same answers together as alone.
    static func agree(_ together: [NamedValue], with alone: [[NamedValue]]) throws(InferenceError) -> Bool {
        guard let parts = try split(together, rows: alone.map { _ in 1 }) else { return false }
        return zip(parts, alone).allSatisfy { part, single in
            part.count == single.count && zip(part, single).allSatisfy { $0.value.agrees(with: $1.value) }
        }
    }
}
