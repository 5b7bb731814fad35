import OrderedCollections

extension Value {
    /// Tells whether Python's `==` holds: `1 == 1.0 == True`, mappings in any order, NaN unequal to itself.
    package func isEqualInPython(to other: Value) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.date(let left), .date(let right)): left == right
        case (.list(let left), .list(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isEqualInPython(to: $1) }
        case (.map(let left), .map(let right)):
            left.count == right.count
                && left.allSatisfy { key, value in right[key].map { value.isEqualInPython(to: $0) } ?? false }
        default: isSameNumber(as: other)
        }
    }

    private func isSameNumber(as other: Value) -> Bool {
        switch (numeral, other.numeral) {
        case (.int(let left), .int(let right)): left == right
        case (.bigInt(let left), .bigInt(let right)): left == right
        case (.float(let left), .float(let right)): left == right
        case (.int(let integer), .float(let float)), (.float(let float), .int(let integer)):
            Int(exactly: float) == integer
        case (.bigInt(let integer), .float(let float)), (.float(let float), .bigInt(let integer)):
            PythonNumber.integerText(float) == integer
        default: false
        }
    }

    private var numeral: Value? {
        switch self {
        case .bool(let flag): .int(flag ? 1 : 0)
        case .int, .bigInt, .float: self
        default: nil
        }
    }
}
