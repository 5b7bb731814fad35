import Glibc

/// How pixels are weighed when an image changes its size; Pillow's filters by Pillow's names.
package enum ResizeFilter: String, Sendable, Hashable, CaseIterable {
    case nearest, box, bilinear, hamming, bicubic, lanczos

    /// How far the filter reaches to each side, in pixels of the smaller image.
    var support: Double {
        switch self {
        case .nearest: 0
        case .box: 0.5
        case .bilinear, .hamming: 1
        case .bicubic: 2
        case .lanczos: 3
        }
    }

    /// The weight of a pixel whose centre is `offset` away.
    func weight(at offset: Double) -> Double {
        let distance = abs(offset)
        switch self {
        case .nearest: return 0
        case .box: return offset > -0.5 && offset <= 0.5 ? 1 : 0
        case .bilinear: return distance < 1 ? 1 - distance : 0
        case .hamming:
            guard distance > 0 else { return 1 }
            guard distance < 1 else { return 0 }
            return Self.sinc(distance) * (Self.hammingFactors.0 + Self.hammingFactors.1 * cos(distance * .pi))
        case .bicubic:
            // Keys' cubic with a = -0.5.
            if distance < 1 { return (1.5 * distance - 2.5) * distance * distance + 1 }
            return distance < 2 ? (((distance - 5) * distance + 8) * distance - 4) * -0.5 : 0
        case .lanczos: return offset >= -3 && offset < 3 ? Self.sinc(offset) * Self.sinc(offset / 3) : 0
        }
    }

    /// Hamming's factors, which Pillow has in single precision.
    private static let hammingFactors = (Double(Float(0.54)), Double(Float(0.46)))

    private static func sinc(_ x: Double) -> Double {
        x == 0 ? 1 : sin(x * .pi) / (x * .pi)
    }
}
