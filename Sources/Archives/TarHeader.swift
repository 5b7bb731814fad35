/// One block of 512 bytes before an entry, as POSIX lays it out.
struct TarHeader {
    private(set) var block = [UInt8](repeating: 0, count: 512)
    /// What did not fit, for a pax header.
    private(set) var extras: [(key: String, value: String)] = []

    /// The largest number of eleven octal digits.
    private static let largest = 0o77_777_777_777

    init(writing entry: ArchiveEntry) throws(ArchiveError) {
        if entry.path.isEmpty || entry.path.utf8.contains(0) { throw .unwritable("the name '\(entry.path)'") }
        if entry.size < 0 { throw .unwritable("the size \(entry.size)") }
        var name = entry.path
        var type = UInt8(ascii: "0")
        var target: String?
        switch entry.kind {
        case .file: break
        case .directory:
            type = UInt8(ascii: "5")
            if name.utf8.last != UInt8(ascii: "/") { name += "/" }
        case .symbolicLink(let text): (type, target) = (UInt8(ascii: "2"), text)
        case .hardLink(let text): (type, target) = (UInt8(ascii: "1"), text)
        case .other: throw .unwritable("what is no file, directory or link")
        }
        if let target, target.isEmpty || target.utf8.contains(0) { throw .unwritable("the link '\(name)'") }
        setName(name)
        if let target { setTarget(target) }
        setOctal(entry.mode & 0o7777, at: 100, width: 8)
        let size = entry.kind == .file ? entry.size : 0
        if size > Self.largest { extras.append(("size", "\(size)")) }
        if entry.modified < 0 || entry.modified > Self.largest { extras.append(("mtime", "\(entry.modified)")) }
        complete(type: type, size: min(size, Self.largest), modified: max(0, min(entry.modified, Self.largest)))
    }

    /// A header of pax records.
    init(ofRecords size: Int, modified: Int) {
        put("PaxHeader", at: 0)
        setOctal(0o644, at: 100, width: 8)
        complete(type: UInt8(ascii: "x"), size: size, modified: modified)
    }

    /// Pax records: each starts with its own length.
    static func records(_ extras: [(key: String, value: String)]) -> [UInt8] {
        extras.flatMap { key, value in
            let rest = Array(" \(key)=\(value)\n".utf8)
            var length = rest.count + 1
            while "\(length)".utf8.count + rest.count != length { length = "\(length)".utf8.count + rest.count }
            return Array("\(length)".utf8) + rest
        }
    }

    private mutating func complete(type: UInt8, size: Int, modified: Int) {
        setOctal(0, at: 108, width: 8)
        setOctal(0, at: 116, width: 8)
        setOctal(size, at: 124, width: 12)
        setOctal(modified, at: 136, width: 12)
        block[156] = type
        put("ustar", at: 257)
        put("00", at: 263)
        setOctal(0, at: 329, width: 8)
        setOctal(0, at: 337, width: 8)
        let sum = Self.checksum(of: block[...])
        setOctal(sum, at: 148, width: 7)
        block[155] = UInt8(ascii: " ")
    }

    /// The sum of all bytes, those of the sum itself taken for blanks.
    static func checksum(of block: ArraySlice<UInt8>) -> Int {
        var sum = 0
        for (offset, byte) in block.enumerated() { sum += (148..<156).contains(offset) ? 32 : Int(byte) }
        return sum
    }

    private mutating func setName(_ name: String) {
        let bytes = Array(name.utf8)
        if bytes.count <= 100 { return put(name, at: 0) }
        if bytes.allSatisfy({ $0 < 0x80 }), let slash = Self.split(bytes) {
            block.replaceSubrange(345..<345 + slash, with: bytes[..<slash])
            block.replaceSubrange(0..<bytes.count - slash - 1, with: bytes[(slash + 1)...])
            return
        }
        extras.append(("path", name))
        block.replaceSubrange(0..<100, with: bytes[..<100])
    }

    /// The slash that parts a long name into at most 155 bytes and at most 100.
    private static func split(_ bytes: [UInt8]) -> Int? {
        let first = max(1, bytes.count - 101)
        guard first <= min(155, bytes.count - 2) else { return nil }
        return (first...min(155, bytes.count - 2)).first { bytes[$0] == UInt8(ascii: "/") }
    }

    private mutating func setTarget(_ target: String) {
        let bytes = Array(target.utf8)
        if bytes.count > 100 { extras.append(("linkpath", target)) }
        block.replaceSubrange(157..<157 + min(100, bytes.count), with: bytes.prefix(100))
    }

    private mutating func put(_ text: String, at offset: Int) {
        block.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
    }

    /// Octal digits that fill the field but for a zero byte at its end.
    private mutating func setOctal(_ number: Int, at offset: Int, width: Int) {
        let digits = String(number, radix: 8)
        put(String(repeating: "0", count: max(0, width - 1 - digits.utf8.count)) + digits, at: offset)
    }
}
