import Basics
import Glibc

/// What a program or library needs to be started (System V ABI, 64 bits, little end first).
struct ELFFile {
    /// The program that loads it; nil for a library.
    private(set) var loader: String?
    /// The names of the libraries.
    private(set) var libraries: [String] = []
    /// Folders to look into first.
    private(set) var searchPath: [String] = []
    let machine: Int

    static let x86 = 62
    static let arm = 183

    init(_ path: String) throws(ImageError) {
        let file = try mappingFileErrors { () throws(FileError) in try Files.open(path, O_RDONLY | O_CLOEXEC) }
        defer { _ = close(file) }
        let reader = ELFReader(file: file, path: path)
        let header = try reader.bytes(at: 0, count: 64)
        guard header.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]) else {
            throw .invalid("'\(path)' is no program of 64 bits for Linux")
        }
        machine = Int(header[18]) | Int(header[19]) << 8
        let table = header.number(at: 32)
        let (width, count) = (Int(header[54]) | Int(header[55]) << 8, Int(header[56]) | Int(header[57]) << 8)
        guard width >= 56, count <= 256 else { throw reader.damaged }
        var segments: [(type: Int, offset: Int, address: Int, size: Int)] = []
        for index in 0..<count {
            let entry = try reader.bytes(at: table + index * width, count: 56)
            let type = entry.number(at: 0) & 0xFFFF_FFFF
            segments.append((type, entry.number(at: 8), entry.number(at: 16), entry.number(at: 32)))
        }
        if let segment = segments.first(where: { $0.type == 3 }) {
            loader = try reader.bytes(at: segment.offset, count: min(segment.size, 4096)).text(at: 0)
        }
        guard let dynamic = segments.first(where: { $0.type == 2 }) else { return }
        try readDynamic(reader, dynamic.offset, dynamic.size) { address in
            segments.first { $0.type == 1 && address >= $0.address && address - $0.address < $0.size }
                .map { address - $0.address + $0.offset }
        }
    }

    private mutating func readDynamic(
        _ reader: ELFReader,
        _ offset: Int,
        _ size: Int,
        _ place: (Int) -> Int?
    ) throws(ImageError) {
        let table = try reader.bytes(at: offset, count: min(size, 1 << 16))
        var (names, paths): ([Int], [Int]) = ([], [])
        var (strings, length) = (0, 0)
        for start in stride(from: 0, to: table.count - 15, by: 16) {
            let value = table.number(at: start + 8)
            switch table.number(at: start) {
            case 1: names.append(value)
            case 5: strings = value
            case 10: length = value
            case 15, 29: paths.append(value)
            default: break
            }
        }
        guard let start = place(strings), length > 0, length < 1 << 24 else { throw reader.damaged }
        let texts = try reader.bytes(at: start, count: length)
        libraries = names.compactMap { texts.text(at: $0) }
        searchPath = paths.compactMap { texts.text(at: $0) }.flatMap { $0.split(separator: ":").map(String.init) }
    }
}

private struct ELFReader {
    let file: Int32
    let path: String

    var damaged: ImageError { .invalid("'\(path)' is damaged") }

    func bytes(at offset: Int, count: Int) throws(ImageError) -> [UInt8] {
        guard offset >= 0, offset < 1 << 40, count >= 0, count < 1 << 25 else { throw damaged }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = pread(file, &bytes, count, off_t(offset))
        guard got == count else { throw damaged }
        return bytes
    }
}

extension [UInt8] {
    /// A number of 64 bits; -1 where it is too large to be one.
    fileprivate func number(at offset: Int) -> Int {
        guard offset >= 0, offset + 8 <= count else { return -1 }
        var number: UInt64 = 0
        for index in (0..<8).reversed() { number = number << 8 | UInt64(self[offset + index]) }
        return Int(exactly: number) ?? -1
    }

    fileprivate func text(at offset: Int) -> String? {
        guard offset >= 0, offset < count else { return nil }
        let bytes = self[offset...].prefix { $0 != 0 }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
