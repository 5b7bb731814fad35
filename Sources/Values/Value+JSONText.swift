extension Value {
    /// Gives the text of Python's `json.dumps`.
    ///
    /// `indent` puts each element on a line of its own, `sortKeys` orders keys by code points, and without
    /// `ensureASCII` characters beyond ASCII stay as they are. Dates, which Python refuses, become strings.
    package func json(sortKeys: Bool = false, indent: Int? = nil, ensureASCII: Bool = true) -> String {
        var writer = JSONWriter(sortsKeys: sortKeys, indent: indent, ensuresASCII: ensureASCII)
        writer.write(self, depth: 0)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
