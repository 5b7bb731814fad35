/// In which order a tensor has an image's pixels: N images, H rows, W columns, C channels.
package enum PixelLayout: String, Sendable, Hashable, CaseIterable {
    case nhwc = "NHWC"
    case nchw = "NCHW"
    case nhw = "NHW"
    case hwc = "HWC"
    case chw = "CHW"
    case hw = "HW"
    /// One row of all pixels for each image, the channels of a pixel side by side.
    case flat

    /// Whether the first dimension counts images.
    package var hasBatch: Bool {
        switch self {
        case .nhwc, .nchw, .nhw, .flat: true
        case .hwc, .chw, .hw: false
        }
    }

    /// Whether all of one channel comes before the next.
    var isPlanar: Bool { self == .nchw || self == .chw }

    /// Whether only grey images fit.
    var isGreyOnly: Bool { self == .nhw || self == .hw }

    /// The shape of a tensor of `count` images.
    func shape(count: Int, height: Int, width: Int, channels: Int) -> [Int] {
        switch self {
        case .nhwc: [count, height, width, channels]
        case .nchw: [count, channels, height, width]
        case .nhw: [count, height, width]
        case .hwc: [height, width, channels]
        case .chw: [channels, height, width]
        case .hw: [height, width]
        case .flat: [count, height * width * channels]
        }
    }
}
