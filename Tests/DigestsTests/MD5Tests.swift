import Digests
import Testing

@Suite struct MD5Tests {
    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"),
        ("a", "0cc175b9c0f1b6a831c399e269772661"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        (
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a"
        ),
    ])
    func hashesTheExamplesOfTheStandard(text: String, hex: String) {
        #expect(MD5.hash(text.utf8).hex == hex)
    }

    @Test func piecesGiveTheHashOfTheWhole() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for cut in [0, 1, 63, 64, 65, 500, 1000] {
            var hasher = MD5Hasher()
            hasher.update(Array(bytes[..<cut]))
            hasher.update(Array(bytes[cut...]))
            #expect(hasher.finalize() == MD5.hash(bytes))
        }
    }

    @Test(arguments: [1, 2, 3, 15, 16, 17, 40, 200])
    func aBatchGivesTheHashOfEachBuffer(count: Int) {
        let buffers = (0..<count).map { number in
            (0..<(number * 37 % 700)).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ number) }
        }
        let batch = withBuffers(buffers) { MD5.hashBatch($0) }
        #expect(batch == buffers.map { MD5.hash($0) })
    }

    @Test func lengthsAroundTheBlockBorderAreRight() {
        let buffers = (0..<260).map { [UInt8](repeating: 0x61, count: $0) }
        #expect(withBuffers(buffers) { MD5.hashBatch($0) } == buffers.map { MD5.hash($0) })
    }

    private func withBuffers<Result>(_ arrays: [[UInt8]], _ body: ([UnsafeRawBufferPointer]) -> Result) -> Result {
        let copies = arrays.map { array in
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: array.count, alignment: 1)
            copy.copyBytes(from: array)
            return copy
        }
        defer { for copy in copies { copy.deallocate() } }
        return body(copies.map { UnsafeRawBufferPointer($0) })
    }
}

@Suite struct MD5DigestTests {
    private let hex = "0123456789abcdeffedcba9876543210"

    @Test func textSurvivesTheRoundTrip() throws {
        let digest = try #require(MD5Digest(hex: hex))
        #expect(digest.hex == hex)
        #expect(MD5Digest(bytes: digest.bytes) == digest)
        #expect(digest.bytes.first == 1)
        #expect(digest.bytes.last == 0x10)
    }

    @Test(arguments: [
        "", "0123", "0123456789ABCDEFfedcba9876543210", "0123456789abcdeffedcba987654321g",
        "0123456789abcdeffedcba98765432100",
    ])
    func textThatIsNoDigestIsRefused(text: String) {
        #expect(MD5Digest(hex: text) == nil)
    }

    @Test func orderIsThatOfTheText() throws {
        let texts = [
            "00000000000000000000000000000001", "00000000000000010000000000000000", hex,
            "ffffffffffffffffffffffffffffffff",
        ]
        let digests = try texts.map { try #require(MD5Digest(hex: $0)) }
        #expect(digests.shuffled().sorted().map(\.hex) == texts)
    }
}

@Suite(.serialized) struct MD5KernelTests {
    @Test(arguments: [1, 2, 3, 4])
    func everyKernelComputesTheSame(kernel: Int) {
        defer { MD5.selectKernel(0) }
        MD5.selectKernel(kernel)
        let bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 5) }
        bytes.withUnsafeBytes { whole in
            let buffers = (0..<97).map { number in
                UnsafeRawBufferPointer(rebasing: whole[number..<(number + number * number)])
            }
            #expect(MD5.hashBatch(buffers) == buffers.map { MD5.hash($0) })
        }
    }

    @Test func lanesOfDifferentLengthEndWithTheirOwnHash() {
        let lanes = MD5Lanes(count: 5)
        let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        bytes.withUnsafeBytes { whole in
            for round in 0..<3 {
                for lane in 0..<5 where lane >= round {
                    lanes.append(UnsafeRawBufferPointer(rebasing: whole[..<(100 * (lane + 1) + round)]), to: lane)
                }
                lanes.update()
            }
        }
        for lane in 0..<5 {
            var hasher = MD5Hasher()
            for round in 0..<3 where lane >= round { hasher.update(Array(bytes[..<(100 * (lane + 1) + round)])) }
            #expect(lanes.finalize(lane) == hasher.finalize())
        }
    }
}
