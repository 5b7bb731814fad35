/// The library's error texts.
enum ONNXMessage {
    /// The text without stack trace and source positions of the library's own build.
    static func readable(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        let told = lines.prefix { !$0.hasPrefix("Stacktrace") && !$0.hasPrefix("==") }
        let words = told.flatMap { $0.split(separator: " ") }.filter { !isSourcePosition($0) }
        let message = words.joined(separator: " ")
        return message.isEmpty ? "it does not say why" : String(message.prefix(2000))
    }

    /// Whether a word is like `/onnxruntime_src/onnxruntime/core/graph/graph.cc:123` or `tensorprotoutils.cc:619`.
    private static func isSourcePosition(_ word: Substring) -> Bool {
        word.contains(".cc:") || word.contains(".h:")
    }
}
