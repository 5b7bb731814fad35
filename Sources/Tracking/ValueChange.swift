import OrderedCollections
package import Values

/// How one parameter or metric differs between two revisions.
package struct ValueChange: Hashable, Sendable {
    /// The old value; null also when there is none.
    package var old: Value
    /// The new value; null also when there is none.
    package var new: Value
    /// New less old, when both are numbers or booleans.
    package var difference: Value?

    /// Compares two values.
    ///
    /// Returns nil when Python takes them for equal and `keepsUnchanged` is false. Lists of one element are compared by it.
    package init?(old: Value, new: Value, keepsUnchanged: Bool) {
        var (old, new) = (old, new)
        while case .list(let olds) = old, case .list(let news) = new, olds.count == 1, news.count == 1 {
            (old, new) = (olds[0], news[0])
        }
        if !keepsUnchanged, old.isEqualInPython(to: new) { return nil }
        self.old = old
        self.new = new
        difference = new.difference(from: old)
    }

    /// The change as in DVC's JSON.
    package var json: Value {
        var map: Value.Map = ["old": old, "new": new]
        if let difference { map["diff"] = difference }
        return .map(map)
    }
}
