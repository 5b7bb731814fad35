import Digests
import Testing

@Suite struct SHA256Tests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func hashesTheExamplesOfTheStandard(text: String, hex: String) {
        #expect(SHA256.hash(Array(text.utf8)) == hex)
    }

    @Test func aMillionLettersInPiecesHashRight() {
        var hasher = SHA256()
        for _ in 0..<10_000 { hasher.update([UInt8](repeating: 0x61, count: 100)) }
        #expect(hasher.finalize().prefix(4).elementsEqual([0xcd, 0xc7, 0x6e, 0x5c]))
    }
}

/// The processor's own instructions, and without them.
@Suite(.serialized) struct SHA256KernelTests {
    private func digests(accelerated: Bool) -> [String] {
        _ = SHA256.accelerate(accelerated)
        defer { _ = SHA256.accelerate(true) }
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 31 &+ $0 >> 3) }
        return (0...bytes.count).map { SHA256.hash(Array(bytes.prefix($0))) }
    }

    @Test func bothComputeTheSame() throws {
        try #require(SHA256.accelerate(true), "this processor has no instructions for SHA-256")
        #expect(digests(accelerated: true) == digests(accelerated: false))
    }

    @Test func theExampleOfTheStandardHoldsWithoutThem() {
        _ = SHA256.accelerate(false)
        defer { _ = SHA256.accelerate(true) }
        #expect(SHA256.hash(Array("abc".utf8)).hasPrefix("ba7816bf8f01cfea"))
    }

    @Test func piecesDoNotShow() {
        let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        var whole = SHA256()
        whole.update(bytes)
        for step in [1, 3, 63, 64, 65, 129, 1000] {
            var hasher = SHA256()
            for start in stride(from: 0, to: bytes.count, by: step) {
                hasher.update(Array(bytes[start..<min(start + step, bytes.count)]))
            }
            #expect(hasher.finalize() == whole.finalize())
        }
    }
}

@Suite struct DOS2UnixHasherTests {
    @Test func lineEndsOfTextAreMadeUnix() {
        #expect(DOS2UnixHasher.hash(Array("x\r\ny\r\n".utf8)).hex.hasPrefix("1b5bb2"))
        #expect(DOS2UnixHasher.hash(Array("x\r\ny\r\n".utf8)) == MD5.hash("x\ny\n".utf8))
        #expect(DOS2UnixHasher.hash(Array("a\rb\r".utf8)) == MD5.hash("a\rb\r".utf8))
    }

    @Test func binaryDataIsLeftAlone() {
        let bytes = Array("x\r\n\0".utf8)
        #expect(DOS2UnixHasher.hash(bytes) == MD5.hash(bytes))
        let unusual = [UInt8](repeating: 0xff, count: 40) + Array("\r\n".utf8) + [UInt8](repeating: 0x61, count: 60)
        #expect(DOS2UnixHasher.hash(unusual) == MD5.hash(unusual))
    }

    @Test func eachMebibyteIsDecidedAlone() {
        let text = Array(String(repeating: "line\r\n", count: 200_000).utf8)
        var binary = text
        binary[0] = 0
        let size = DOS2UnixHasher.chunkSize
        func unix(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
            bytes.filter { $0 != 0x0d }
        }
        // The chunk border falls inside a line, not between CR and LF.
        #expect(text[size - 1] != 0x0d)
        #expect(DOS2UnixHasher.hash(binary) == MD5.hash(binary[..<size] + unix(text[size...])))
        #expect(DOS2UnixHasher.hash(text) == MD5.hash(unix(text[...])))
    }

    @Test func piecesGiveTheHashOfTheWhole() {
        let text = Array(String(repeating: "line\r\n", count: 300_000).utf8)
        var hasher = DOS2UnixHasher()
        var rest = text[...]
        while !rest.isEmpty {
            let piece = rest.prefix(77_777)
            piece.withUnsafeBytes { hasher.update($0) }
            rest = rest.dropFirst(piece.count)
        }
        #expect(hasher.finalize() == DOS2UnixHasher.hash(text))
    }
}
