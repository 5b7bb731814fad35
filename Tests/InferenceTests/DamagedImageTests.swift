import Foundation
import Testing

@testable import Inference

@Suite struct DamagedImageTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/images")

    private func file(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent(name)))
    }

    private func isRefused(_ file: [UInt8], _ transform: ImageTransform = ImageTransform()) -> Bool {
        do throws(InferenceError) {
            _ = try transform.tensor(images: [file])
            return false
        } catch {
            if case .invalidInput = error { return true }
            return false
        }
    }

    @Test(arguments: ["0003.jpg", "0004.jpg", "0006.jpg", "0007.png", "0013.png", "0018.png"])
    func eachTruncationOfAFileIsRefused(name: String) throws {
        let whole = try file(name)
        #expect(!isRefused(whole))
        for count in whole.indices {
            #expect(isRefused(Array(whole[..<count])), "\(name) cut to \(count) bytes")
        }
    }

    @Test(arguments: ["", "GIF89a", "\u{FF}\u{D8}\u{FF}", "hello"])
    func whatIsNoImageIsRefused(text: String) {
        #expect(isRefused(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }))
        #expect(throws: InferenceError.invalidInput("the image is neither JPEG nor PNG")) {
            try ImageTransform().tensor(images: [Array("BM".utf8)])
        }
    }

    @Test func aHugeSizeIsRefusedBeforeMemoryIsTaken() throws {
        var jpeg = try file("0006.jpg")
        let frame = try #require(jpeg.indices.first { jpeg[$0] == 0xFF && (0xC0...0xC2).contains(jpeg[$0 + 1]) })
        jpeg.replaceSubrange((frame + 5)..<(frame + 9), with: [0xFD, 0xE8, 0xFD, 0xE8])
        #expect(throws: InferenceError.invalidInput("the image has 65000 x 65000 pixels, more than 67108864 in all")) {
            try ImageTransform().tensor(images: [jpeg])
        }
        jpeg.replaceSubrange((frame + 5)..<(frame + 9), with: [0xFF, 0xFF, 0xFF, 0xFF])
        #expect(isRefused(jpeg))
        var png = try file("0013.png")
        png.replaceSubrange(16..<24, with: [0, 15, 0, 0, 0, 15, 0, 0])
        #expect(isRefused(png))
    }

    @Test func theLimitOfPixelsIsTheServices() throws {
        var transform = ImageTransform()
        let image = try file("0013.png")
        transform.maximumPixels = 16 * 16
        #expect(!isRefused(image, transform))
        transform.maximumPixels -= 1
        #expect(isRefused(image, transform))
    }
}
