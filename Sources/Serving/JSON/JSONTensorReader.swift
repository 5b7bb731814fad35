package import Inference

/// Reads arrays of numbers, truth values or strings, flat or nested, straight into a tensor's memory.
package struct JSONTensorReader {
    /// More dimensions than any model has.
    static let maximumRank = 16

    private var extents: [Int] = []
    private var counts: [Int] = []
    /// How deep the elements are; -1 until the first one.
    private var rank = -1

    /// Reads the value at the cursor as a tensor of the type, with the shape of its nesting.
    ///
    /// `expected` is how many elements there will probably be.
    package static func read(
        _ dataType: DataType,
        expected: Int = 16,
        from cursor: inout JSONCursor
    ) throws(JSONProblem) -> Tensor {
        let start = cursor.position
        var reader = JSONTensorReader()
        do {
            if dataType == .string {
                var strings: [[UInt8]] = []
                try reader.walk(&cursor) { (cursor: inout JSONCursor) throws(JSONProblem) in
                    guard cursor.byte == UInt8(ascii: "\"") else { throw cursor.unexpected("a string") }
                    strings.append(try cursor.string())
                }
                return try Tensor(strings: strings, shape: reader.extents)
            }
            let memory = try reader.numbers(dataType, expected, &cursor)
            return try Tensor(dataType, shape: reader.extents, memory: memory)
        } catch let problem as JSONProblem {
            throw problem
        } catch {
            throw JSONProblem("\(error)", at: start)
        }
    }

    private mutating func numbers(
        _ dataType: DataType,
        _ expected: Int,
        _ cursor: inout JSONCursor
    ) throws(JSONProblem) -> TensorMemory {
        switch dataType {
        case .float32: try fill(Float.self, expected, &cursor)
        case .float64: try fill(Double.self, expected, &cursor)
        case .int64: try fill(Int64.self, expected, &cursor)
        case .int32: try fill(Int32.self, expected, &cursor)
        case .uint8: try fill(UInt8.self, expected, &cursor)
        case .bool: try fill(JSONBool.self, expected, &cursor)
        case .uint16: try fill(UInt16.self, expected, &cursor)
        case .uint32: try fill(UInt32.self, expected, &cursor)
        case .uint64: try fill(UInt64.self, expected, &cursor)
        case .int8: try fill(Int8.self, expected, &cursor)
        case .int16: try fill(Int16.self, expected, &cursor)
        case .float16: try fill(Float16.self, expected, &cursor)
        case .bfloat16: try fill(BFloat16.self, expected, &cursor)
        case .string: throw cursor.problem("strings are no numbers")
        }
    }

    @inline(__always)
    private mutating func fill<Element: JSONElement>(
        _ type: Element.Type,
        _ expected: Int,
        _ cursor: inout JSONCursor
    ) throws(JSONProblem) -> TensorMemory {
        // An element takes two bytes of the text at least, so a wrong guess wastes little.
        let capacity = max(1, min(expected, (cursor.bytes.count - cursor.position) / 2 + 1))
        var buffer = ElementBuffer<Element>(capacity: capacity)
        try walk(&cursor) { (cursor: inout JSONCursor) throws(JSONProblem) in
            buffer.append(try Element.read(&cursor))
        }
        return buffer.memory
    }

    /// Goes through the nested arrays; calls `leaf` at each element, and checks that arrays of a level are of a length.
    @inline(__always)
    private mutating func walk(
        _ cursor: inout JSONCursor,
        _ leaf: (inout JSONCursor) throws(JSONProblem) -> Void
    ) throws(JSONProblem) {
        var depth = 0
        while true {
            if cursor.next() == UInt8(ascii: "[") {
                try open(&cursor, &depth)
                if !cursor.take(UInt8(ascii: "]")) { continue }
                try settle(depth, cursor)
                try close(&cursor, &depth)
            } else {
                try settle(depth, cursor)
                try leaf(&cursor)
                if depth > 0 {
                    counts[depth - 1] &+= 1
                    try row(&cursor, depth - 1, leaf)
                    try close(&cursor, &depth)
                }
            }
            // What follows the end of an array: the next one of its level, or the end of the level.
            while depth > 0 {
                counts[depth - 1] += 1
                if cursor.take(UInt8(ascii: ",")) { break }
                guard cursor.take(UInt8(ascii: "]")) else { throw cursor.unexpected("',' or ']'") }
                try close(&cursor, &depth)
            }
            if depth == 0 { return }
        }
    }

    /// The elements of an innermost array after its first, with its end: the loop where the time goes.
    @inline(__always)
    private mutating func row(
        _ cursor: inout JSONCursor,
        _ level: Int,
        _ leaf: (inout JSONCursor) throws(JSONProblem) -> Void
    ) throws(JSONProblem) {
        var count = counts[level]
        while cursor.take(UInt8(ascii: ",")) {
            guard cursor.next() != UInt8(ascii: "[") else { throw cursor.problem("arrays differ in depth") }
            try leaf(&cursor)
            count &+= 1
        }
        counts[level] = count
        guard cursor.take(UInt8(ascii: "]")) else { throw cursor.unexpected("',' or ']'") }
    }

    private mutating func open(_ cursor: inout JSONCursor, _ depth: inout Int) throws(JSONProblem) {
        cursor.position += 1
        guard depth < Self.maximumRank else { throw cursor.problem("arrays are nested too deeply") }
        depth += 1
        if counts.count < depth {
            counts.append(0)
            extents.append(-1)
        } else {
            counts[depth - 1] = 0
        }
    }

    private mutating func settle(_ depth: Int, _ cursor: borrowing JSONCursor) throws(JSONProblem) {
        if rank < 0 { rank = depth }
        if rank != depth { throw cursor.problem("arrays differ in depth") }
    }

    private mutating func close(_ cursor: inout JSONCursor, _ depth: inout Int) throws(JSONProblem) {
        depth -= 1
        if extents[depth] < 0 { extents[depth] = counts[depth] }
        if extents[depth] != counts[depth] {
            throw cursor.problem("arrays of one level have \(extents[depth]) and \(counts[depth]) elements")
        }
    }
}

/// Elements that are appended to memory that grows.
private struct ElementBuffer<Element: BitwiseCopyable> {
    var memory: TensorMemory
    private var count = 0
    private var capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        memory = TensorMemory(byteCount: capacity * MemoryLayout<Element>.stride)
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow() }
        memory.bytes.storeBytes(of: element, toByteOffset: count &* MemoryLayout<Element>.stride, as: Element.self)
        count &+= 1
    }

    @inline(never)
    private mutating func grow() {
        let larger = TensorMemory(byteCount: capacity * 2 * MemoryLayout<Element>.stride)
        larger.bytes.copyMemory(from: UnsafeRawBufferPointer(memory.bytes))
        memory = larger
        capacity *= 2
    }
}
