extension String {
    /// Whether the text comes before another one in the order of code points, which is Python's.
    package func precedes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }

    /// Whether both texts are the same code points.
    func isSame(as other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }
}
