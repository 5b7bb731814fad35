import Digests
import Testing

@Suite struct ByteRunTests {
    /// Each byte at each place of the digits, beside digits that are right.
    @Test func onlyLowerCaseHexadecimalDigitsAreParsed() {
        let text = Array("0123456789abcdef9f80a7c6e5d4b3a2".utf8)
        for place in 0..<32 {
            for byte in UInt8.min ... .max {
                var changed = text
                changed[place] = byte
                let isDigit = "0123456789abcdef".utf8.contains(byte)
                let digest = changed.withUnsafeBufferPointer { $0.baseAddress.flatMap { MD5Digest(hexAt: $0) } }
                #expect((digest != nil) == isDigit)
                if isDigit { #expect(digest == MD5Digest(hex: String(decoding: changed, as: UTF8.self))) }
            }
        }
    }

    @Test func digitsAreWrittenAsTheyAreRead() {
        for number in 0..<1000 {
            let digest = MD5.hash("\(number)".utf8)
            let expected = digest.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            #expect(digest.hex == expected)
        }
    }

    @Test func plainTextEndsAtWhatJSONEscapes() {
        for length in 0..<40 {
            for byte in UInt8.min ... .max {
                for place in 0..<max(length, 1) {
                    var text = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                    if length > 0 { text[place] = byte }
                    let isPlain = byte >= 0x20 && byte < 0x7f && byte != 0x22 && byte != 0x5c
                    let found = text.withUnsafeBufferPointer { buffer in
                        buffer.baseAddress.map { ByteRuns.plainLength($0, length) } ?? 0
                    }
                    if found != (isPlain ? length : min(place, length)) {
                        Issue.record("byte \(byte) at \(place) of \(length): \(found)")
                    }
                }
            }
        }
    }

    @Test func sharedLengthsAreThoseOfACommonPrefix() {
        let first = Array("a long path/with/a/name".utf8)
        for place in 0...first.count {
            var second = first
            if place < second.count { second[place] = 0xff }
            for limit in 0...first.count {
                let found = first.withUnsafeBufferPointer { first in
                    second.withUnsafeBufferPointer { second -> Int in
                        guard let a = first.baseAddress, let b = second.baseAddress else { return -1 }
                        return ByteRuns.sharedLength(a, b, limit: limit)
                    }
                }
                #expect(found == min(place, limit))
            }
        }
    }
}
