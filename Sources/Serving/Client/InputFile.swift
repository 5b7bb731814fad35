package import Inference
import NIOCore

/// Turns the content of files into a model's inputs.
package enum InputFile {
    /// Reads a file by the ending of its name: `.npy`, `.csv` with a header, `.json`, or numbers, a row in each line.
    ///
    /// `name` is the input that it is for; without, JSON may be a whole request or an object of several inputs, and all
    /// else is for the only one.
    package static func read(
        _ bytes: [UInt8],
        ending: String,
        input name: String?,
        of model: RemoteModel
    ) throws(InputFileError) -> [NamedTensor] {
        if ending == "json", name == nil, let first = bytes.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{") {
            return try object(bytes, model)
        }
        if ending == "csv", name == nil, model.inputs.count > 1 { return try columns(bytes, model) }
        let input = try input(name, model)
        let tensor: Tensor
        switch ending {
        case "npy": tensor = try ArrayFile(bytes).tensor.converted(to: input.dataType)
        case "json": tensor = try json(bytes, input)
        case "csv": tensor = try json(rows(try CommaTable(bytes).rows, input), input)
        default: tensor = try json(rows(lines(bytes), input), input)
        }
        return [NamedTensor(input.name, try tensor.fitted(to: input))]
    }

    private static func input(_ name: String?, _ model: RemoteModel) throws(InputFileError) -> TensorMetadata {
        if let name {
            if let input = model.inputs.first(where: { $0.name == name }) { return input }
        } else if let input = model.inputs.first, model.inputs.count == 1 {
            return input
        }
        let names = model.inputs.map(\.name).joined(separator: ", ")
        guard let name else { throw InputFileError("model '\(model.name)' has several inputs (\(names)): name=FILE") }
        throw InputFileError("model '\(model.name)' has no input '\(name)'; it has \(names)")
    }

    /// A request of the protocol, or an object with the inputs' names.
    private static func object(_ bytes: [UInt8], _ model: RemoteModel) throws(InputFileError) -> [NamedTensor] {
        do {
            return try bytes.withUnsafeBytes { bytes in
                var tensors: [NamedTensor] = []
                var isRequest = false
                var cursor = JSONCursor(bytes)
                try cursor.object { (key: String, cursor: inout JSONCursor) throws(JSONProblem) in
                    if key == "inputs" { isRequest = true }
                    guard !isRequest, let input = model.inputs.first(where: { $0.name == key }) else {
                        if !isRequest { throw cursor.problem("model '\(model.name)' has no input '\(key)'") }
                        return try cursor.skip()
                    }
                    tensors.append(NamedTensor(key, try JSONTensorReader.read(input.dataType, from: &cursor)))
                }
                if isRequest {
                    let signature = ModelSignature(platform: "", inputs: [], outputs: [])
                    return try InferCall(bytes, jsonLength: nil, signature).inputs
                }
                return try tensors.map { named in
                    let input = try input(named.name, model)
                    return NamedTensor(named.name, try named.tensor.fitted(to: input))
                }
            }
        } catch {
            throw InputFileError("\(error)")
        }
    }

    private static func json(_ bytes: [UInt8], _ input: TensorMetadata) throws(InputFileError) -> Tensor {
        do {
            return try bytes.withUnsafeBytes { bytes in
                var cursor = JSONCursor(bytes)
                let tensor = try JSONTensorReader.read(input.dataType, from: &cursor)
                try cursor.expectEnd()
                return tensor
            }
        } catch {
            throw InputFileError("\(error)")
        }
    }

    private static func columns(_ bytes: [UInt8], _ model: RemoteModel) throws(InputFileError) -> [NamedTensor] {
        let table = try CommaTable(bytes)
        var tensors: [NamedTensor] = []
        for (index, header) in table.headers.enumerated() {
            let input = try input(header, model)
            let rows = rows(table.rows.map { [$0[index]] }, input)
            tensors.append(NamedTensor(header, try json(rows, input).fitted(to: input)))
        }
        return tensors
    }

    private static func lines(_ bytes: [UInt8]) -> [[String]] {
        bytes.split { $0 == UInt8(ascii: "\n") }.compactMap { line in
            let words = line.split { $0 <= 0x20 || $0 == UInt8(ascii: ",") }
            return words.isEmpty ? nil : words.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Rows of words as JSON, which one reader understands for all types.
    private static func rows(_ rows: [[String]], _ input: TensorMetadata) -> [UInt8] {
        var output = JSONOutput(ByteBuffer())
        output.raw("[")
        for (index, row) in rows.enumerated() {
            output.raw(index > 0 ? ",[" : "[")
            for (index, word) in row.enumerated() {
                if index > 0 { output.raw(",") }
                if input.dataType == .string { output.string(word) } else { output.buffer.writeString(word) }
            }
            output.raw("]")
        }
        output.raw("]")
        return Array(output.buffer.readableBytesView)
    }
}
