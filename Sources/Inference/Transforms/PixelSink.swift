/// The memory of a tensor while images are written into it.
struct PixelSink {
    private let transform: ImageTransform
    private let shape: [Int]
    private let memory: TensorMemory
    private let pixelCount: Int
    private let channels: Int

    init(_ transform: ImageTransform, width: Int, height: Int, count: Int) throws(InferenceError) {
        self.transform = transform
        channels = transform.mode.channels
        pixelCount = width * height
        shape = transform.layout.shape(count: count, height: height, width: width, channels: channels)
        let elements = try Tensor.elementCount(of: shape)
        guard elements <= max(transform.maximumPixels, 1 << 20) * 4 else {
            throw .invalidInput("\(count) images of \(width) x \(height) pixels are too many for one request")
        }
        memory = TensorMemory(byteCount: elements * (transform.dataType.size ?? 1))
    }

    func tensor() throws(InferenceError) -> Tensor {
        try Tensor(transform.dataType, shape: shape, memory: memory)
    }

    /// Writes the elements of an image of the size given at the start.
    func write(_ raster: Raster, at index: Int) {
        let first = index * pixelCount * channels
        switch transform.dataType {
        case .float32: write(raster.pixels, to: memory.bytes.bindMemory(to: Float.self), first, levels: Float.init)
        case .float64: write(raster.pixels, to: memory.bytes.bindMemory(to: Double.self), first, levels: { $0 })
        default: write(raster.pixels, to: memory.bytes.bindMemory(to: UInt8.self), first, levels: UInt8.init)
        }
    }

    private func write<Element>(
        _ pixels: UnsafePointer<UInt8>,
        to elements: UnsafeMutableBufferPointer<Element>,
        _ first: Int,
        levels: (Double) -> Element
    ) {
        guard let start = elements.baseAddress else { return }
        for channel in 0..<channels {
            // The channel's place in the tensor; the raster has red first.
            let place = transform.mode == .bgr ? 2 - channel : channel
            let table = transform.levels(of: place).map(levels)
            let to = start + first + (transform.layout.isPlanar ? place * pixelCount : place)
            let step = transform.layout.isPlanar ? 1 : channels
            table.withUnsafeBufferPointer { table in
                var (from, to) = (pixels + channel, to)
                for _ in 0..<pixelCount {
                    to.pointee = table[Int(from.pointee)]
                    from += channels
                    to += step
                }
            }
        }
    }
}

extension ImageTransform {
    /// What each of the 256 levels becomes in the channel at `place` of the tensor.
    fileprivate func levels(of place: Int) -> [Double] {
        let mean = mean.isEmpty ? 0 : mean[min(place, mean.count - 1)]
        let deviation = deviation.isEmpty ? 1 : deviation[min(place, deviation.count - 1)]
        return (0...255).map { level in
            (Double(inverts ? 255 - level : level) * scale - mean) / deviation
        }
    }
}
