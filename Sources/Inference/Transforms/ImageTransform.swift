/// Makes a tensor of image files; each step is optional and they are done in the order of the properties.
package struct ImageTransform: Sendable, Hashable {
    /// The channels of the decoded image.
    package enum Mode: String, Sendable, Hashable, CaseIterable {
        case grey = "L"
        case rgb = "RGB"
        case bgr = "BGR"

        package var channels: Int { self == .grey ? 1 : 3 }
    }

    /// The size of the resized image, in pixels.
    package struct Size: Sendable, Hashable {
        package var width: Int
        package var height: Int

        package init(width: Int, height: Int) {
            self.width = width
            self.height = height
        }
    }

    /// Larger images are refused before memory is taken.
    package var maximumPixels = Self.defaultMaximumPixels
    package var mode = Mode.rgb
    /// Whether a JPEG's luminance is taken as its grey: quicker, and up to one level off.
    package var isFast = false
    /// Whether the image is turned as its Exif data tell.
    package var orients = false
    /// The size after resizing, the proportions treated as ``fit`` says.
    package var size: Size?
    /// The length of the shorter side after resizing with the same proportions, in place of ``size``.
    package var shorterSide: Int?
    /// The middle part that is kept of an image with a ``shorterSide``, which is no smaller.
    package var crop: Size?
    package var filter = ResizeFilter.bicubic
    package var fit = FitMode.stretch
    /// The level of what `contain` adds.
    package var padding: UInt8 = 0
    /// Whether light and dark are exchanged.
    package var inverts = false
    /// The factor of the levels 0 to 255.
    package var scale = 1.0
    /// What is subtracted after scaling; one for all channels, or one for each in the mode's order, or none.
    package var mean: [Double] = []
    /// What is divided by after that.
    package var deviation: [Double] = []
    package var layout = PixelLayout.nhwc
    /// FP32, FP64 or UINT8; the last only without scale, mean and deviation.
    package var dataType = DataType.float32

    /// The pixels of an image that may be decoded unless something else is said.
    package static let defaultMaximumPixels = 64 << 20

    package init() {}

    /// Whether a tensor may have several images.
    package var hasBatch: Bool { layout.hasBatch }

    /// Makes a tensor of one image file.
    package func tensor(image: UnsafeRawBufferPointer) throws(InferenceError) -> Tensor {
        let raster = try prepared(image)
        let sink = try PixelSink(self, width: raster.width, height: raster.height, count: 1)
        sink.write(raster, at: 0)
        return try sink.tensor()
    }

    /// Makes one tensor of image files, which must have the same size unless they are resized.
    package func tensor(images: [[UInt8]]) throws(InferenceError) -> Tensor {
        guard let first = images.first else { throw .invalidInput("no image is given") }
        guard images.count == 1 || hasBatch else {
            throw .invalidInput("one image is taken at a time, not \(images.count)")
        }
        let raster = try prepared(first)
        let (width, height) = (raster.width, raster.height)
        let sink = try PixelSink(self, width: width, height: height, count: images.count)
        sink.write(raster, at: 0)
        for (index, file) in images.enumerated().dropFirst() {
            let raster = try prepared(file)
            guard raster.width == width, raster.height == height else {
                throw .invalidInput(
                    "image \(index + 1) has \(raster.width) x \(raster.height) pixels, the first \(width) x \(height)"
                )
            }
            sink.write(raster, at: index)
        }
        return try sink.tensor()
    }

    private func prepared(_ file: [UInt8]) throws(InferenceError) -> Raster {
        try file.withUnsafeBufferPointer { (bytes) throws(InferenceError) in
            try prepared(UnsafeRawBufferPointer(bytes))
        }
    }

    /// Decodes, turns and resizes.
    func prepared(_ file: UnsafeRawBufferPointer) throws(InferenceError) -> Raster {
        let options = DecodingOptions(
            maximumPixels: maximumPixels,
            channels: mode.channels,
            usesLuminance: isFast
        )
        var raster = try Raster(decoding: file, options)
        if orients { raster = try raster.upright(ExifOrientation.find(in: file)) }
        return try sized(raster)
    }

    private func sized(_ raster: Raster) throws(InferenceError) -> Raster {
        if let size {
            return try raster.fitted(width: size.width, height: size.height, filter: filter, fit: fit, padding: padding)
        }
        guard let shorterSide else { return raster }
        let resized = try raster.resized(shorterSide: shorterSide, filter: filter, maximumPixels: maximumPixels)
        guard let crop else { return resized }
        return try resized.cropped(width: crop.width, height: crop.height)
    }

    /// The size of all images, where the description settles it.
    var finalSize: Size? { size ?? (shorterSide == nil ? nil : crop) }
}
