import Inference

/// A file of NumPy's format `.npy`, versions 1 to 3: one array of numbers.
struct ArrayFile {
    let tensor: Tensor

    init(_ bytes: [UInt8]) throws(InputFileError) {
        guard bytes.count >= 10, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
            throw InputFileError("it is no .npy file")
        }
        let isShort = bytes[6] == 1
        let start = isShort ? 10 : 12
        guard bytes.count >= start else { throw InputFileError("its header is cut off") }
        var length = Int(bytes[8]) | Int(bytes[9]) << 8
        if !isShort { length |= Int(bytes[10]) << 16 | Int(bytes[11]) << 24 }
        guard bytes.count - start >= length else { throw InputFileError("its header is cut off") }
        let header = String(decoding: bytes[start..<start + length], as: UTF8.self)
        guard let descriptor = Self.value(of: "descr", in: header)?.split(separator: "'").first else {
            throw InputFileError("its elements are of several types")
        }
        guard let type = Self.types[descriptor.filter { $0 != "<" && $0 != "|" }] else {
            throw InputFileError("its elements are of the type '\(descriptor)', which no tensor has")
        }
        guard Self.value(of: "fortran_order", in: header)?.hasPrefix("False") == true else {
            throw InputFileError("it is in Fortran's order; save numpy.ascontiguousarray of it")
        }
        guard let tuple = Self.value(of: "shape", in: header), tuple.hasPrefix("("), let end = tuple.firstIndex(of: ")")
        else { throw InputFileError("it has no shape") }
        let shape = tuple[..<end].dropFirst().split(separator: ",").map { $0.drop { $0 == " " } }
        do {
            tensor = try bytes[(start + length)...].withUnsafeBytes { data in
                try BinaryTensor.read(type, shape: shape.compactMap { Int($0) }, data)
            }
        } catch {
            throw InputFileError("its data is not what its header says: \(error)")
        }
    }

    private static func value(of key: String, in header: String) -> Substring? {
        guard let start = header.firstRange(of: "'\(key)'") else { return nil }
        return header[start.upperBound...].drop { $0 == ":" || $0 == " " }
    }

    private static let types: [String: DataType] = [
        "b1": .bool, "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64, "i1": .int8, "i2": .int16,
        "i4": .int32, "i8": .int64, "f2": .float16, "f4": .float32, "f8": .float64,
    ]
}

/// Why a file is no input of a model.
package struct InputFileError: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
