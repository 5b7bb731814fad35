extension CompressionFormat {
    /// Compresses bytes at once.
    package func compress(_ bytes: [UInt8], level: Int = 6) throws(CompressionError) -> [UInt8] {
        let deflater = try Deflater(self, level: level)
        var result: [UInt8] = []
        try bytes.withBytes { buffer throws(CompressionError) in
            try deflater.deflate(buffer) { result.append(contentsOf: $0) }
        }
        try deflater.finish { result.append(contentsOf: $0) }
        return result
    }

    /// Brings compressed bytes back, `limit` of them at most.
    package func decompress(_ bytes: [UInt8], limit: Int) throws(CompressionError) -> [UInt8] {
        let inflater = try Inflater(self, limit: limit)
        var result: [UInt8] = []
        try bytes.withBytes { buffer throws(CompressionError) in
            try inflater.inflate(buffer) { result.append(contentsOf: $0) }
        }
        try inflater.finish()
        return result
    }
}

extension [UInt8] {
    /// `withUnsafeBytes`, which does not know typed errors.
    fileprivate func withBytes(
        _ body: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        let result = withUnsafeBytes { buffer in
            Result { () throws(CompressionError) in try body(buffer) }
        }
        try result.get()
    }
}
