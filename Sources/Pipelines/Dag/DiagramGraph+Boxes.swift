extension DiagramGraph {
    /// The graph drawn with boxes and lines of ASCII characters, one connected part below the other.
    ///
    /// Every line is padded with spaces to the width of its part.
    package var boxes: String {
        components().map { DiagramLayout.place($0).drawn() }.joined(separator: "\n")
    }
}
