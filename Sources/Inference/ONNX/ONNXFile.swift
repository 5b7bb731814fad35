/// Finds the names of other files in a model file (Protocol Buffers; onnx.proto has the numbers of the fields).
///
/// Whatever is malformed is skipped: to judge the model is the library's task.
struct ONNXFile {
    private let bytes: UnsafeRawBufferPointer
    private var locations: Set<String> = []

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    mutating func externalLocations() -> Set<String> {
        walk(0..<bytes.count, as: .model, depth: 0)
        return locations
    }

    private enum Message {
        case model, training, function, graph, node, attribute, sparseTensor, tensor

        /// The kind of the message that a field holds; nil for what cannot lead to a tensor.
        func part(_ field: UInt64) -> Message? {
            switch (self, field) {
            case (.model, 7), (.training, 1), (.training, 2), (.attribute, 6), (.attribute, 11): .graph
            case (.model, 20): .training
            case (.model, 25): .function
            case (.function, 7), (.graph, 1): .node
            case (.node, 5), (.function, 11): .attribute
            case (.graph, 5), (.attribute, 5), (.attribute, 10), (.sparseTensor, 1), (.sparseTensor, 2): .tensor
            case (.graph, 15), (.attribute, 22), (.attribute, 23): .sparseTensor
            default: nil
            }
        }
    }

    private mutating func walk(_ range: Range<Int>, as message: Message, depth: Int) {
        guard depth < deepest else { return }
        fields(range) { file, field, content in
            if message == .tensor, field == 13 {
                file.readEntry(content)
            } else if let part = message.part(field) {
                file.walk(content, as: part, depth: depth + 1)
            }
        }
    }

    /// A key and a value; the key `location` has the name of a file.
    private mutating func readEntry(_ range: Range<Int>) {
        var key = ""
        var value = ""
        fields(range) { file, field, content in
            let text = String(decoding: file.bytes[content], as: UTF8.self)
            if field == 1 { key = text } else if field == 2 { value = text }
        }
        if key == "location" { locations.insert(value) }
    }

    /// Calls `body` with the number and the bytes of each field that has bytes.
    private mutating func fields(_ range: Range<Int>, _ body: (inout ONNXFile, UInt64, Range<Int>) -> Void) {
        var position = range.lowerBound
        while position < range.upperBound, let tag = number(&position, range.upperBound) {
            switch tag & 7 {
            case 0:
                guard number(&position, range.upperBound) != nil else { return }
            case 1: position += 8
            case 2:
                guard let length = number(&position, range.upperBound), length <= range.upperBound - position
                else { return }
                body(&self, tag >> 3, position..<position + Int(length))
                position += Int(length)
            case 5: position += 4
            default: return
            }
        }
    }

    private func number(_ position: inout Int, _ end: Int) -> UInt64? {
        var result: UInt64 = 0
        for shift in stride(from: 0, to: 64, by: 7) {
            guard position < end else { return nil }
            let byte = bytes[position]
            position += 1
            result |= UInt64(byte & 0x7f) << UInt64(shift)
            if byte < 0x80 { return result }
        }
        return nil
    }
}

/// How deep messages may lie in each other, which is more than Protocol Buffers' own readers allow (100).
private let deepest = 200
