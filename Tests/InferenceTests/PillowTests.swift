import Foundation
import Testing

@testable import Inference

/// Compares with results of Pillow, which `Tests/Serving/pillow` makes.
@Suite struct PillowTests {
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/images")
    private static let folder = ProcessInfo.processInfo.environment["APUS_PILLOW_FIXTURES"]

    /// One line of `cases.txt`.
    private struct Case {
        let file: String
        let transform: ImageTransform
        let width: Int
        let height: Int

        var byteCount: Int { width * height * transform.mode.channels }

        init(_ line: Substring) throws {
            let words = line.split(separator: " ").map(String.init)
            var transform = ImageTransform()
            transform.mode = try #require(ImageTransform.Mode(rawValue: words[1]))
            transform.orients = words[2] == "exif"
            let (width, height) = (try #require(Int(words[3])), try #require(Int(words[4])))
            let size = width > 0 ? ImageTransform.Size(width: width, height: height) : nil
            if words[6].hasPrefix("crop") {
                transform.shorterSide = Int(words[6].dropFirst(4))
                transform.crop = size
            } else {
                transform.size = size
                transform.fit = try #require(FitMode(rawValue: words[6]))
            }
            transform.filter = try #require(ResizeFilter(rawValue: words[5]))
            transform.padding = try #require(UInt8(words[7]))
            transform.layout = .hwc
            transform.dataType = .uint8
            file = words[0]
            self.transform = transform
            self.width = try #require(Int(words[8]))
            self.height = try #require(Int(words[9]))
        }
    }

    @Test func smallImagesComeOutAsPillowHasThem() throws {
        #expect(try compare(with: Self.fixtures) > 100)
    }

    @Test(.enabled(if: folder != nil, "Tests/Serving/pillow makes the images and runs this"))
    func allImagesComeOutAsPillowHasThem() throws {
        #expect(try compare(with: URL(fileURLWithPath: try #require(Self.folder))) > 100)
    }

    /// Tells the number of results that were compared.
    private func compare(with folder: URL) throws -> Int {
        let lines = try String(contentsOf: folder.appendingPathComponent("cases.txt"), encoding: .utf8)
            .split(separator: "\n")
        var results = try Data(contentsOf: folder.appendingPathComponent("results.bin"))[...]
        var worst: [String: Int] = [:]
        for line in lines {
            let item = try Case(line)
            let file = [UInt8](try Data(contentsOf: folder.appendingPathComponent(item.file)))
            let expected = [UInt8](results.prefix(item.byteCount))
            results = results.dropFirst(item.byteCount)
            let tensor = try item.transform.tensor(images: [file])
            #expect(tensor.shape == [item.height, item.width, item.transform.mode.channels], "\(line)")
            let levels = tensor.numbers(UInt8.self)
            let difference = zip(levels, expected).map { abs(Int($0) - Int($1)) }.max() ?? 0
            #expect(levels.count == expected.count, "\(line)")
            // Another version of the JPEG library may round otherwise; from equal pixels all must be equal.
            #expect(difference <= (item.file.hasSuffix("png") ? 0 : 1), "\(line): \(difference)")
            let kind = (item.transform.finalSize == nil ? "decoding " : "resizing ") + item.file.suffix(3)
            worst[kind] = max(worst[kind] ?? 0, difference)
        }
        #expect(results.isEmpty)
        print("largest differences:", worst.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
        return lines.count
    }
}
