/// Finds the orientation that a camera has written into an image file.
struct ExifOrientation {
    private let file: UnsafeRawBufferPointer

    private init(_ file: UnsafeRawBufferPointer) {
        self.file = file
    }

    /// The orientation, 1 to 8; 1 when the file tells none.
    static func find(in file: UnsafeRawBufferPointer) -> Int {
        let reader = ExifOrientation(file)
        let tiff = file.first == 0xFF ? reader.inJPEG() : reader.inPNG()
        guard let tiff, let orientation = reader.orientation(in: tiff), (1...8).contains(orientation) else { return 1 }
        return orientation
    }

    private func number(at offset: Int, bytes: Int, isLittleEndian: Bool = false) -> Int? {
        guard offset >= 0, offset <= file.count - bytes else { return nil }
        let range = file[offset..<(offset + bytes)]
        return isLittleEndian
            ? range.reversed().reduce(0) { $0 << 8 | Int($1) } : range.reduce(0) { $0 << 8 | Int($1) }
    }

    /// The first application segment with Exif before the image's data.
    private func inJPEG() -> Range<Int>? {
        var offset = 2
        while let marker = number(at: offset, bytes: 2), marker >> 8 == 0xFF {
            if marker == 0xFFFF {
                offset += 1
                continue
            }
            guard marker != 0xFFDA, marker != 0xFFD9, let length = number(at: offset + 2, bytes: 2), length >= 2 else {
                return nil
            }
            let content = (offset + 4)..<max(offset + 4, min(file.count, offset + 2 + length))
            if marker == 0xFFE1, file[content].starts(with: Array("Exif\0\0".utf8)) {
                return (content.lowerBound + 6)..<content.upperBound
            }
            offset += 2 + length
        }
        return nil
    }

    private func inPNG() -> Range<Int>? {
        var offset = 8
        while let length = number(at: offset, bytes: 4), let type = number(at: offset + 4, bytes: 4) {
            guard length <= file.count - offset - 8 else { return nil }
            // `eXIf`
            if type == 0x6558_4966 { return (offset + 8)..<(offset + 8 + length) }
            offset += 12 + length
        }
        return nil
    }

    /// The value of tag 0x0112 in the first directory of a TIFF structure.
    private func orientation(in tiff: Range<Int>) -> Int? {
        guard tiff.count >= 8 else { return nil }
        let isLittleEndian = file[tiff.lowerBound] == UInt8(ascii: "I")
        func read(_ offset: Int, _ bytes: Int) -> Int? {
            guard offset <= tiff.count - bytes else { return nil }
            return number(at: tiff.lowerBound + offset, bytes: bytes, isLittleEndian: isLittleEndian)
        }
        guard let directory = read(4, 4), let count = read(directory, 2) else { return nil }
        for index in 0..<count {
            let entry = directory + 2 + index * 12
            guard let tag = read(entry, 2), let type = read(entry + 2, 2) else { return nil }
            if tag == 0x0112 { return read(entry + 8, type == 4 ? 4 : 2) }
        }
        return nil
    }
}
