/// The fields of a header block, whose checksum is right.
struct TarFields {
    let path: String
    let target: String
    let mode: Int
    let size: Int
    let modified: Int
    let type: Character

    init(_ block: [UInt8]) throws(ArchiveError) {
        let sum = try Self.number(block[148..<156], "checksum")
        // Some old programs summed signed bytes.
        let signed = TarHeader.checksum(of: block[...]) - Self.signCorrection(block)
        guard sum == TarHeader.checksum(of: block[...]) || sum == signed else {
            throw .damaged("this is no tar archive, or a header has the wrong checksum")
        }
        type = Character(UnicodeScalar(block[156]))
        let name = Self.text(block[0..<100])
        let isPOSIX = block[257..<263].elementsEqual("ustar\0".utf8)
        let prefix = isPOSIX ? Self.text(block[345..<500]) : ""
        path = prefix.isEmpty ? name : prefix + "/" + name
        target = Self.text(block[157..<257])
        mode = (try? Self.number(block[100..<108], "mode")) ?? 0o644
        size = try Self.number(block[124..<136], "size")
        modified = (try? Self.number(block[136..<148], "time")) ?? 0
        if size < 0 { throw .damaged("a negative size") }
    }

    private static func signCorrection(_ block: [UInt8]) -> Int {
        var correction = 0
        for (offset, byte) in block.enumerated() where byte >= 0x80 && !(148..<156).contains(offset) {
            correction += 256
        }
        return correction
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Octal digits between blanks, or a binary number behind a first byte of 128 or 255.
    private static func number(_ field: ArraySlice<UInt8>, _ name: String) throws(ArchiveError) -> Int {
        if let first = field.first, first & 0x80 != 0 {
            var number = first == 0xFF ? -1 : Int(first & 0x7F)
            for byte in field.dropFirst() {
                let (product, overflow) = number.multipliedReportingOverflow(by: 256)
                if overflow { throw .damaged("its \(name) is beyond all numbers") }
                number = product + Int(byte)
            }
            return number
        }
        let digits = field.drop { $0 == UInt8(ascii: " ") }.prefix { $0 != 0 && $0 != UInt8(ascii: " ") }
        if digits.isEmpty { return 0 }
        guard let number = Int(String(decoding: digits, as: UTF8.self), radix: 8), number >= 0 else {
            throw .damaged("its \(name) is no number")
        }
        return number
    }
}

/// The records of a pax header: `length key=value` and a line break each.
enum PaxRecords {
    static func parse(_ bytes: [UInt8]) throws(ArchiveError) -> [(key: String, value: String)] {
        var records: [(key: String, value: String)] = []
        var rest = bytes[...]
        while let first = rest.first, first != 0 {
            let digits = rest.prefix { $0 != UInt8(ascii: " ") }
            guard digits.count <= 10, let length = Int(String(decoding: digits, as: UTF8.self)),
                length > digits.count + 2, length <= rest.count
            else { throw .damaged("a pax header") }
            let end = rest.startIndex + length
            let body = rest[(rest.startIndex + digits.count + 1)..<(end - 1)]
            guard rest[end - 1] == UInt8(ascii: "\n"), let equals = body.firstIndex(of: UInt8(ascii: "=")) else {
                throw .damaged("a pax header")
            }
            records.append(
                (
                    String(decoding: body[..<equals], as: UTF8.self),
                    String(decoding: body[(equals + 1)...], as: UTF8.self)
                )
            )
            rest = rest[end...]
        }
        return records
    }
}
