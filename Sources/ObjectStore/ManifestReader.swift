import Digests
import Glibc

/// A single-pass reader of directory manifests that trusts nothing in them.
struct ManifestReader {
    private let bytes: [UInt8]
    private var position = 0
    private var entry = 0
    private var path: [UInt8] = []
    private var key: [UInt8] = []

    private static let md5 = Array("md5".utf8)
    private static let relpath = Array("relpath".utf8)
    /// Depth to which values that are passed by may nest.
    private static let depthLimit = 32

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func read() throws(ManifestError) -> TreeBuilder {
        let estimate = bytes.count / 70
        var builder = TreeBuilder(fileCount: estimate, pathBytes: bytes.count - estimate * 62, hasSizes: false)
        try expect("[")
        if !accept("]") {
            repeat {
                try readEntry(into: &builder)
                entry += 1
            } while accept(",")
            try expect("]")
        }
        skipSpace()
        if position != bytes.count { throw syntax() }
        return builder
    }

    private mutating func readEntry(into builder: inout TreeBuilder) throws(ManifestError) {
        skipSpace()
        if try readUsualEntry(into: &builder) { return }
        path.removeAll(keepingCapacity: true)
        var hasPath = false
        var digest: MD5Digest?
        try expect("{")
        if !accept("}") {
            repeat {
                key = try readString(reusing: Self.take(&key))
                try expect(":")
                if key == Self.md5 {
                    digest = try readDigest()
                } else if key == Self.relpath {
                    try requireString("relpath")
                    path = try readString(reusing: Self.take(&path))
                    hasPath = true
                } else {
                    try skipValue(depth: 0)
                }
            } while accept(",")
            try expect("}")
        }
        guard hasPath else { throw error(.missingKey("relpath")) }
        guard let digest else { throw error(.missingKey("md5")) }
        guard path.withUnsafeBufferPointer({ PathBytes.isSafe($0) }) else { throw error(.unsafePath) }
        path.withUnsafeBufferPointer { builder.append($0, digest: digest, size: nil) }
    }

    private static let start = Array(#"{"md5": ""#.utf8)
    private static let middle = Array(#"", "relpath": ""#.utf8)

    /// Reads an entry just as DVC writes it, with nothing escaped; false, without having moved, for any other.
    private mutating func readUsualEntry(into builder: inout TreeBuilder) throws(ManifestError) -> Bool {
        let head = Self.start.count + 32 + Self.middle.count
        let position = position
        let found: (digest: MD5Digest, path: Range<Int>, isSafe: Bool)? = bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, buffer.count - position > head else { return nil }
            let entry = base + position
            guard memcmp(entry, Self.start, Self.start.count) == 0,
                memcmp(entry + Self.start.count + 32, Self.middle, Self.middle.count) == 0,
                let digest = MD5Digest(hexAt: entry + Self.start.count)
            else { return nil }
            let end = position + head + ByteRuns.plainLength(entry + head, buffer.count - position - head)
            guard end + 1 < buffer.count, base[end] == Self.quote, base[end + 1] == Self.brace else { return nil }
            let path = UnsafeBufferPointer(start: entry + head, count: end - position - head)
            let isSafe = PathBytes.isSafe(path)
            if isSafe { builder.append(path, digest: digest, size: nil) }
            return (digest, (position + head)..<end, isSafe)
        }
        guard let found else { return false }
        if !found.isSafe {
            path = Array(bytes[found.path])
            throw error(.unsafePath)
        }
        self.position = found.path.upperBound + 2
        return true
    }

    private static let quote = UInt8(ascii: "\"")
    private static let brace = UInt8(ascii: "}")

    private mutating func readDigest() throws(ManifestError) -> MD5Digest {
        try requireString("md5")
        if bytes.count - position > 33, bytes[position + 33] == UInt8(ascii: "\"") {
            let digest = bytes.withUnsafeBufferPointer { buffer in
                buffer.baseAddress.flatMap { MD5Digest(hexAt: $0 + position + 1) }
            }
            if let digest {
                position += 34
                return digest
            }
        }
        var text: [UInt8] = []
        try readString(into: &text)
        let string = String(decoding: text.prefix(64), as: UTF8.self)
        guard text.count == 32, let digest = MD5Digest(hex: string) else { throw error(.invalidChecksum(string)) }
        return digest
    }

    private mutating func requireString(_ key: String) throws(ManifestError) {
        skipSpace()
        if position >= bytes.count { throw syntax() }
        if bytes[position] != UInt8(ascii: "\"") { throw error(.wrongType(key: key)) }
    }

    // MARK: JSON

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0a, 0x0d: position += 1
            default: return
            }
        }
    }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(ManifestError) {
        if !accept(character) { throw syntax() }
    }

    /// Moves an array out, so that its memory can be used again.
    private static func take(_ array: inout [UInt8]) -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &array)
        return taken
    }

    private mutating func readString(reusing array: consuming [UInt8]) throws(ManifestError) -> [UInt8] {
        var text = array
        text.removeAll(keepingCapacity: true)
        try readString(into: &text)
        return text
    }

    private mutating func readString(into output: inout [UInt8]) throws(ManifestError) {
        try expect("\"")
        while position < bytes.count {
            let start = position
            while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\"),
                bytes[position] >= 0x20
            { position += 1 }
            // What is not UTF-8 is escaped by those who write manifests.
            guard String(validating: bytes[start..<position], as: UTF8.self) != nil else { throw syntax() }
            output.append(contentsOf: bytes[start..<position])
            guard position < bytes.count, bytes[position] >= 0x20 else { throw syntax() }
            position += 1
            if bytes[position - 1] == UInt8(ascii: "\"") { return }
            try readEscape(into: &output)
        }
        throw syntax()
    }

    private mutating func readEscape(into output: inout [UInt8]) throws(ManifestError) {
        guard position < bytes.count else { throw syntax() }
        let letter = bytes[position]
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): output.append(letter)
        case UInt8(ascii: "n"): output.append(0x0a)
        case UInt8(ascii: "r"): output.append(0x0d)
        case UInt8(ascii: "t"): output.append(0x09)
        case UInt8(ascii: "f"): output.append(0x0c)
        case UInt8(ascii: "b"): output.append(0x08)
        case UInt8(ascii: "u"): try readUnit(into: &output)
        default: throw syntax()
        }
    }

    private mutating func readUnit(into output: inout [UInt8]) throws(ManifestError) {
        let unit = try readHexUnit()
        if unit >= 0xdc80, unit <= 0xdcff { return output.append(UInt8(unit - 0xdc00)) }
        var scalar = unit
        if unit >= 0xd800, unit < 0xdc00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        {
            position += 2
            let second = try readHexUnit()
            guard second >= 0xdc00, second < 0xe000 else { throw syntax() }
            scalar = 0x10000 + (unit - 0xd800) << 10 + (second - 0xdc00)
        }
        guard let character = Unicode.Scalar(scalar) else { throw syntax() }
        output.append(contentsOf: String(character).utf8)
    }

    private mutating func readHexUnit() throws(ManifestError) -> UInt32 {
        guard bytes.count - position >= 4 else { throw syntax() }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else { throw syntax() }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private mutating func skipValue(depth: Int) throws(ManifestError) {
        skipSpace()
        guard position < bytes.count, depth < Self.depthLimit else { throw syntax() }
        switch bytes[position] {
        case UInt8(ascii: "\""):
            var ignored: [UInt8] = []
            try readString(into: &ignored)
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            try skipContainer(depth: depth)
        default:
            let start = position
            while position < bytes.count, isScalarByte(bytes[position]) { position += 1 }
            if position == start { throw syntax() }
        }
    }

    private mutating func skipContainer(depth: Int) throws(ManifestError) {
        let isObject = bytes[position] == UInt8(ascii: "{")
        position += 1
        let end: Unicode.Scalar = isObject ? "}" : "]"
        if accept(end) { return }
        repeat {
            if isObject {
                var ignored: [UInt8] = []
                try readString(into: &ignored)
                try expect(":")
            }
            try skipValue(depth: depth + 1)
        } while accept(",")
        try expect(end)
    }

    private func isScalarByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."): true
        default: false
        }
    }

    private func syntax() -> ManifestError { error(.syntax(offset: position)) }

    private func error(_ reason: ManifestError.Reason) -> ManifestError {
        let text = path.isEmpty ? nil : String(decoding: path.prefix(PathBytes.lengthLimit), as: UTF8.self)
        let isLong = reason == .unsafePath && path.count > PathBytes.lengthLimit
        return ManifestError(reason: isLong ? .longPath : reason, entry: entry, path: text)
    }
}
