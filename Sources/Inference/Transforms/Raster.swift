import CImaging
import Glibc

/// The pixels of an image: rows from the top, 8 bits a channel, the channels of a pixel side by side.
final class Raster {
    let width: Int
    let height: Int
    let channels: Int
    /// `width * height * channels` bytes from `malloc`, and as many more as the kernels may read.
    let pixels: UnsafeMutablePointer<UInt8>

    /// Takes over pixels from `malloc`.
    init(width: Int, height: Int, channels: Int, owning pixels: UnsafeMutablePointer<UInt8>) {
        self.width = width
        self.height = height
        self.channels = channels
        self.pixels = pixels
    }

    /// An image whose pixels are not set yet.
    convenience init(width: Int, height: Int, channels: Int) throws(InferenceError) {
        let (row, rowOverflows) = width.multipliedReportingOverflow(by: channels)
        let (size, overflows) = row.multipliedReportingOverflow(by: height)
        guard size > 0, !rowOverflows, !overflows, let memory = malloc(size + Int(IMAGING_SLACK)) else {
            throw .failed("no memory for an image of \(width) x \(height) pixels")
        }
        let pixels = memory.bindMemory(to: UInt8.self, capacity: size)
        self.init(width: width, height: height, channels: channels, owning: pixels)
    }

    deinit { free(pixels) }

    var rowSize: Int { width &* channels }
    var byteCount: Int { rowSize &* height }

    func row(_ y: Int) -> UnsafeMutablePointer<UInt8> { pixels + y &* rowSize }
}
