/// The order of paths as Python strings, where a byte that is no UTF-8 is the lone surrogate U+DC00 plus the byte.
enum CodePointOrder {
    /// The order of a tree's paths by code points; nil when it is the order of their bytes.
    static func permutation(of storage: Tree.Storage) -> [Int]? {
        storage.paths.withUnsafeBufferPointer { paths in
            let isText = String(validating: paths, as: UTF8.self) != nil
            if isText { return nil }
            func path(_ index: Int) -> UnsafeBufferPointer<UInt8> {
                UnsafeBufferPointer(rebasing: paths[storage.offsets[index]..<storage.offsets[index + 1]])
            }
            return (0..<storage.digests.count).sorted { precedes(path($0), path($1)) }
        }
    }

    private static func precedes(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) -> Bool {
        var positions = (0, 0)
        while positions.0 < first.count, positions.1 < second.count {
            let (a, aLength) = decode(first, at: positions.0)
            let (b, bLength) = decode(second, at: positions.1)
            if a != b { return a < b }
            positions.0 += aLength
            positions.1 += bLength
        }
        return positions.0 >= first.count && positions.1 < second.count
    }

    /// The code point at a position and its bytes; a byte that starts no valid sequence is a lone surrogate.
    static func decode(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> (scalar: UInt32, length: Int) {
        let lead = text[position]
        if lead < 0x80 { return (UInt32(lead), 1) }
        let escaped = (0xdc00 + UInt32(lead), 1)
        let (length, smallest): (Int, UInt32) =
            switch lead {
            case 0xc2...0xdf: (2, 0x80)
            case 0xe0...0xef: (3, 0x800)
            case 0xf0...0xf4: (4, 0x10000)
            default: (0, 0)
            }
        guard length > 0, position + length <= text.count else { return escaped }
        var scalar = UInt32(lead) & (length == 2 ? 0x1f : length == 3 ? 0x0f : 0x07)
        for offset in 1..<length {
            let byte = text[position + offset]
            guard byte & 0xc0 == 0x80 else { return escaped }
            scalar = scalar << 6 | UInt32(byte & 0x3f)
        }
        let isSurrogate = scalar >= 0xd800 && scalar < 0xe000
        guard scalar >= smallest, scalar <= 0x10ffff, !isSurrogate else { return escaped }
        return (scalar, length)
    }
}
