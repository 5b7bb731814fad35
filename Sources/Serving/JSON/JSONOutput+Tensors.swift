package import Inference
import NIOCore

extension JSONOutput {
    /// Writes a tensor's elements as one flat array.
    package mutating func flat(_ tensor: Tensor) {
        byte("[")
        elements(of: tensor, 0..<tensor.elementCount)
        byte("]")
    }

    /// Writes a tensor as arrays nested by its shape; a scalar as itself.
    package mutating func nested(_ tensor: Tensor) {
        var place = 0
        nested(tensor, dimension: 0, &place)
    }

    /// Writes one row of a tensor of at least one dimension.
    package mutating func nested(_ tensor: Tensor, row: Int) {
        var place = tensor.shape.dropFirst().reduce(row, *)
        nested(tensor, dimension: 1, &place)
    }

    // As deep as a tensor has dimensions.
    private mutating func nested(_ tensor: Tensor, dimension: Int, _ place: inout Int) {
        guard dimension < tensor.shape.count else { return elements(of: tensor, place..<(place + 1)) }
        let extent = tensor.shape[dimension]
        byte("[")
        if dimension + 1 == tensor.shape.count {
            elements(of: tensor, place..<(place + extent))
            place += extent
        } else {
            for index in 0..<extent {
                if index > 0 { byte(",") }
                nested(tensor, dimension: dimension + 1, &place)
            }
        }
        byte("]")
    }

    /// Writes elements with commas between them.
    package mutating func elements(of tensor: Tensor, _ range: Range<Int>) {
        switch tensor.dataType {
        case .float32: numbers(tensor, range, as: Float.self)
        case .float64: numbers(tensor, range, as: Double.self)
        case .int64: numbers(tensor, range, as: Int64.self)
        case .int32: numbers(tensor, range, as: Int32.self)
        case .uint8: numbers(tensor, range, as: UInt8.self)
        case .uint16: numbers(tensor, range, as: UInt16.self)
        case .uint32: numbers(tensor, range, as: UInt32.self)
        case .uint64: numbers(tensor, range, as: UInt64.self)
        case .int8: numbers(tensor, range, as: Int8.self)
        case .int16: numbers(tensor, range, as: Int16.self)
        case .float16: numbers(tensor, range, as: Float16.self)
        case .bfloat16: numbers(tensor, range, as: BFloat16.self)
        case .bool: numbers(tensor, range, as: JSONBool.self)
        case .string: strings(tensor, range)
        }
    }

    private mutating func strings(_ tensor: Tensor, _ range: Range<Int>) {
        guard case .strings(let strings) = tensor.content else { return }
        for index in range {
            if index > range.lowerBound { byte(",") }
            strings[index].withUnsafeBytes { string($0) }
        }
    }

    @inline(__always)
    private mutating func numbers<Element: JSONPrintable>(
        _ tensor: Tensor,
        _ range: Range<Int>,
        as type: Element.Type
    ) {
        tensor.withBytes { bytes in
            // In portions, so that room is asked for rarely and never much.
            var index = range.lowerBound
            while index < range.upperBound {
                let end = min(range.upperBound, index + 256)
                let room = (end - index) * (Element.width + 1)
                buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { target in
                    var written = 0
                    for place in index..<end {
                        if place > range.lowerBound {
                            target[written] = UInt8(ascii: ",")
                            written += 1
                        }
                        let element = bytes.loadUnaligned(
                            fromByteOffset: place &* MemoryLayout<Element>.stride,
                            as: Element.self
                        )
                        written += element.write(to: target, at: written)
                    }
                    return written
                }
                index = end
            }
        }
    }
}

/// A type of tensor elements that JSON has a text for.
protocol JSONPrintable: BitwiseCopyable {
    /// The most bytes that one takes.
    static var width: Int { get }

    func write(to target: UnsafeMutableRawBufferPointer, at offset: Int) -> Int
}

extension JSONPrintable where Self: FixedWidthInteger {
    static var width: Int { 21 }

    @inline(__always)
    func write(to target: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        guard self < 0 else { return JSONDigits.write(UInt64(self), to: target, at: offset) }
        target[offset] = UInt8(ascii: "-")
        return 1 + JSONDigits.write(UInt64(magnitude), to: target, at: offset + 1)
    }
}

extension JSONPrintable where Self: BinaryFloatingPoint & LosslessStringConvertible {
    static var width: Int { 28 }

    /// The shortest text that reads back as the same number; `null` for what JSON has no number for.
    @inline(__always)
    func write(to target: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        guard isFinite else { return put("null", target, offset) }
        return put(description, target, offset)
    }

    @inline(__always)
    private func put(_ text: String, _ target: UnsafeMutableRawBufferPointer, _ offset: Int) -> Int {
        var text = text
        return text.withUTF8 { source in
            let room = UnsafeMutableRawBufferPointer(rebasing: target[offset...])
            room.copyMemory(from: UnsafeRawBufferPointer(source))
            return source.count
        }
    }
}

extension Float: JSONPrintable {}
extension Double: JSONPrintable {}
extension Float16: JSONPrintable {}
extension Int8: JSONPrintable {}
extension Int16: JSONPrintable {}
extension Int32: JSONPrintable {}
extension Int64: JSONPrintable {}
extension UInt8: JSONPrintable {}
extension UInt16: JSONPrintable {}
extension UInt32: JSONPrintable {}
extension UInt64: JSONPrintable {}

extension BFloat16: JSONPrintable {
    static var width: Int { Float.width }
    func write(to target: UnsafeMutableRawBufferPointer, at offset: Int) -> Int { float.write(to: target, at: offset) }
}

extension JSONBool: JSONPrintable {
    static var width: Int { 5 }

    func write(to target: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        let text: StaticString = byte == 0 ? "false" : "true"
        UnsafeMutableRawBufferPointer(rebasing: target[offset...])
            .copyMemory(from: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        return text.utf8CodeUnitCount
    }
}
