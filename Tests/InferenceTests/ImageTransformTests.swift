import Foundation
import Testing

@testable import Inference

@Suite struct ImageTransformTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/images")

    private func levels(_ image: [UInt8]) throws -> [UInt8] {
        var transform = ImageTransform()
        transform.dataType = .uint8
        return try transform.tensor(images: [image]).numbers(UInt8.self)
    }

    private func image() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent("0002.png")))
    }

    @Test func layoutsDifferInTheOrderOfTheSamePixels() throws {
        let (image, levels) = (try image(), try levels(try image()))
        var transform = ImageTransform()
        for (layout, shape) in [
            (PixelLayout.nhwc, [1, 2, 1, 3]), (.nchw, [1, 3, 2, 1]), (.hwc, [2, 1, 3]), (.chw, [3, 2, 1]),
            (.flat, [1, 6]),
        ] {
            transform.layout = layout
            let tensor = try transform.tensor(images: [image])
            #expect(tensor.shape == shape)
            let order = layout.isPlanar ? [0, 3, 1, 4, 2, 5] : [0, 1, 2, 3, 4, 5]
            #expect(tensor.numbers(Float.self) == order.map { Float(levels[$0]) })
        }
        transform.mode = .bgr
        transform.layout = .nhwc
        let order = [2, 1, 0, 5, 4, 3]
        #expect(
            try transform.tensor(images: [image]).numbers(Float.self)
                == order.map { Float(levels[$0]) }
        )
    }

    @Test func levelsAreInvertedScaledAndNormalized() throws {
        let (image, levels) = (try image(), try levels(try image()))
        var transform = ImageTransform()
        transform.inverts = true
        transform.scale = 1.0 / 255
        transform.mean = [0.5, 0.25, 0]
        transform.deviation = [0.5, 1, 2]
        let numbers = try transform.tensor(images: [image]).numbers(Float.self)
        for (index, number) in numbers.enumerated() {
            let level = Double(255 - levels[index]) * (1.0 / 255)
            #expect(number == Float((level - transform.mean[index % 3]) / transform.deviation[index % 3]))
        }
    }

    @Test func imagesOfOneRequestBecomeOneTensor() throws {
        var transform = ImageTransform()
        let one = try transform.tensor(images: [try image()])
        let two = try transform.tensor(images: [try image(), try image()])
        #expect(two.shape == [2, 2, 1, 3])
        #expect(two.numbers(Float.self) == one.numbers(Float.self) + one.numbers(Float.self))
        let other = [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent("0013.png")))
        #expect(throws: InferenceError.self) { try transform.tensor(images: [try image(), other]) }
        #expect(throws: InferenceError.self) { try transform.tensor(images: []) }
        transform.size = .init(width: 4, height: 4)
        #expect(try transform.tensor(images: [try image(), other]).shape == [2, 4, 4, 3])
        transform.layout = .hwc
        #expect(throws: InferenceError.self) { try transform.tensor(images: [try image(), other]) }
    }
}
