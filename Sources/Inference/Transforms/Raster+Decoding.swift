import CImaging

/// What a decoder may do and shall give.
struct DecodingOptions {
    var maximumPixels: Int
    var channels: Int
    var usesLuminance: Bool
}

extension Raster {
    /// Decodes a JPEG or PNG file, told apart by its first bytes, as Pillow's `convert("L")` or `convert("RGB")` does.
    convenience init(decoding file: UnsafeRawBufferPointer, _ options: DecodingOptions) throws(InferenceError) {
        var settings = imaging_options()
        settings.max_pixels = max(0, options.maximumPixels)
        settings.channels = Int32(options.channels)
        settings.luminance = options.usesLuminance ? 1 : 0
        var image = imaging_image()
        var message = [CChar](repeating: 0, count: Int(IMAGING_MESSAGE_SIZE))
        let status = imaging_decode(file.baseAddress, file.count, &settings, &image, &message)
        guard status == IMAGING_OK, let pixels = image.pixels else {
            let text = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw Self.error(status, image, text, options)
        }
        self.init(width: Int(image.width), height: Int(image.height), channels: options.channels, owning: pixels)
    }

    private static func error(
        _ status: imaging_status,
        _ image: imaging_image,
        _ text: String,
        _ options: DecodingOptions
    ) -> InferenceError {
        switch status {
        case IMAGING_UNKNOWN_FORMAT: .invalidInput("the image is neither JPEG nor PNG")
        case IMAGING_TOO_LARGE:
            .invalidInput(
                "the image has \(image.width) x \(image.height) pixels, more than \(options.maximumPixels) in all"
            )
        case IMAGING_OUT_OF_MEMORY: .failed("no memory for an image of \(image.width) x \(image.height) pixels")
        default: .invalidInput("the image is damaged" + (text.isEmpty ? "" : ": \(text)"))
        }
    }
}
