extension Value {
    /// Reads the JSON that Python's `json.loads` accepts.
    ///
    /// That is JSON with `NaN`, `Infinity` and `-Infinity`, integers of any size up to 4300 digits, and the last of
    /// several equal keys. A UTF-8 byte order mark is skipped, a lone surrogate becomes U+FFFD.
    package init(json: [UInt8]) throws(SyntaxError) {
        var reader = JSONReader(bytes: json)
        self = try reader.document()
    }
}
