import Basics
import Glibc
import Values

/// A message to a worker: a header of JSON and buffers of bytes.
struct WorkerFrame {
    /// What stands for the offset of a buffer that is in the frame itself.
    static let inline = UInt64.max
    static let prefixSize = 16
    /// Buffers from this size on go through shared memory.
    static let sharedFrom = 1 << 16

    /// A JSON object.
    let header: String
    let buffers: [Buffer]

    enum Buffer {
        case bytes([UInt8])
        case memory(Tensor)

        var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .memory(let tensor): tensor.byteCount
            }
        }

        func withBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
            switch self {
            case .bytes(let bytes): bytes.withUnsafeBytes(body)
            case .memory(let tensor): tensor.withBytes(body)
            }
        }
    }

    /// What shared memory it takes.
    var sharedSize: Int {
        buffers.reduce(0) { $1.count >= Self.sharedFrom ? $0 + Self.padded($1.count) : $0 }
    }

    /// The bytes to send; large buffers are written to `shared` where there is any.
    func encoded(shared: UnsafeMutableRawBufferPointer?) -> [UInt8] {
        let inlineSize = buffers.reduce(0) {
            shared == nil || $1.count < Self.sharedFrom ? $0 + Self.padded($1.count) : $0
        }
        var header = header
        return header.withUTF8 { text in
            let rest = buffers.count * 16 + Self.padded(text.count) + inlineSize
            return [UInt8](unsafeUninitializedCapacity: Self.prefixSize + rest) { target, count in
                var writer = Writer(UnsafeMutableRawBufferPointer(target))
                writer.number(UInt32(text.count))
                writer.number(UInt32(buffers.count))
                writer.number(UInt64(rest))
                var offset = 0
                for buffer in buffers {
                    let isShared = shared != nil && buffer.count >= Self.sharedFrom
                    writer.number(UInt64(buffer.count))
                    writer.number(isShared ? UInt64(offset) : Self.inline)
                    if isShared { offset += Self.padded(buffer.count) }
                }
                writer.padded(UnsafeRawBufferPointer(text))
                offset = 0
                for buffer in buffers {
                    buffer.withBytes { bytes in
                        if let shared, bytes.count >= Self.sharedFrom {
                            UnsafeMutableRawBufferPointer(rebasing: shared[offset...]).copyMemory(from: bytes)
                            offset += Self.padded(bytes.count)
                        } else {
                            writer.padded(bytes)
                        }
                    }
                }
                count = writer.position
            }
        }
    }

    static func padded(_ count: Int) -> Int { (count + 15) & ~15 }

    /// Text as a JSON string.
    static func quoted(_ text: String) -> String { Value.string(text).json() }

    private struct Writer {
        let target: UnsafeMutableRawBufferPointer
        var position = 0

        init(_ target: UnsafeMutableRawBufferPointer) { self.target = target }

        mutating func number(_ value: some FixedWidthInteger) {
            target.storeBytes(of: value.littleEndian, toByteOffset: position, as: type(of: value))
            position += value.bitWidth / 8
        }

        mutating func padded(_ bytes: UnsafeRawBufferPointer) {
            UnsafeMutableRawBufferPointer(rebasing: target[position...]).copyMemory(from: bytes)
            for index in bytes.count..<WorkerFrame.padded(bytes.count) { target[position + index] = 0 }
            position += WorkerFrame.padded(bytes.count)
        }
    }
}

/// A message from a worker.
struct WorkerReply {
    let header: Value
    let buffers: [TensorMemory]
    /// The sizes of the buffers; their memory may be larger.
    let sizes: [Int]

    func bytes(_ index: Int) -> UnsafeRawBufferPointer {
        guard buffers.indices.contains(index) else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(rebasing: buffers[index].bytes[..<sizes[index]])
    }
}
