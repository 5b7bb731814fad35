import CImaging

/// For each pixel of a row (or column) of the result: which pixels of the source it is made of, and their weights.
///
/// The weights are whole numbers of 2^-22, as in Pillow, so that sums come out the same to the bit.
struct ResizeWeights {
    /// The first pixel and the number of pixels of each result.
    private(set) var spans: [imaging_span] = []
    /// The weights of all results, `stride` to each.
    private(set) var weights: [Int32] = []
    let stride: Int

    /// Weights for making `count` pixels of those of `source` between `lower` and `upper`.
    init(source: Int, from lower: Float, to upper: Float, count: Int, filter: ResizeFilter) {
        let scale = Double(upper - lower) / Double(count)
        let filterScale = max(scale, 1)
        let support = filter.support * filterScale
        stride = Int(support.rounded(.up)) * 2 + 1
        spans.reserveCapacity(count)
        weights = [Int32](repeating: 0, count: stride * count)
        var raw = [Double](repeating: 0, count: stride)
        for index in 0..<count {
            let center = Double(lower) + (Double(index) + 0.5) * scale
            let first = max(0, Int(center - support + 0.5))
            let end = min(source, Int(center + support + 0.5))
            let taps = max(0, min(stride, end - first))
            spans.append(imaging_span(first: Int32(first), count: Int32(taps)))
            var sum = 0.0
            for tap in 0..<taps {
                raw[tap] = filter.weight(at: (Double(tap + first) - center + 0.5) * (1 / filterScale))
                sum += raw[tap]
            }
            for tap in 0..<taps {
                let share = (sum == 0 ? raw[tap] : raw[tap] / sum) * Double(1 << IMAGING_PRECISION)
                weights[index * stride + tap] = Int32(min(0x1p30, max(-0x1p30, share < 0 ? share - 0.5 : share + 0.5)))
            }
        }
    }

    /// The pixels of the source that any result needs.
    var sourceRange: Range<Int> {
        guard let first = spans.first, let last = spans.last else { return 0..<0 }
        return Int(first.first)..<Int(max(first.first, last.first + last.count))
    }
}
