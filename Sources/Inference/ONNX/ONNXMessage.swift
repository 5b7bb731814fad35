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

    /// Why a model cannot be loaded, as far as the library's code and words tell.
    static func reason(_ code: Int32, _ text: String, _ version: String) -> String {
        switch code {
        case 3: return "a file that belongs to it is missing"
        case 7: return "it is not an ONNX model, or it is damaged"
        case _ where text.contains("opset") && text.contains("support"),
            _ where text.contains("IR version") || text.contains("ir_version"):
            return "it needs a newer ONNX Runtime than \(version)"
        case _ where text.contains("is not a registered function/op"), 9:
            return "it has an operator that ONNX Runtime \(version) does not have"
        case 10: return "its graph is not valid"
        default: return "ONNX Runtime cannot use it"
        }
    }

    /// Whether a word is like `/onnxruntime_src/onnxruntime/core/graph/graph.cc:123` or `tensorprotoutils.cc:619`.
    private static func isSourcePosition(_ word: Substring) -> Bool {
        word.contains(".cc:") || word.contains(".h:")
    }
}
