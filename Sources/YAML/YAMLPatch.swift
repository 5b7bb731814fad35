/// A range of bytes and what takes its place.
struct YAMLPatch {
    let range: Range<Int>
    let replacement: [UInt8]

    static func apply(_ patches: [YAMLPatch], to source: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var offset = 0
        for patch in patches.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            if patch.range.lowerBound < offset { continue }
            result += source[offset..<patch.range.lowerBound]
            result += patch.replacement
            offset = patch.range.upperBound
        }
        return result + source[offset...]
    }
}
