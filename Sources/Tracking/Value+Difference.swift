import Values

extension Value {
    /// Returns `self - old` as Python computes it, or nil unless both are numbers or booleans.
    ///
    /// Also nil where Python fails: an integer too large for the float it meets.
    func difference(from old: Value) -> Value? {
        guard let new = asNumber, let old = old.asNumber else { return nil }
        switch (new, old) {
        case (.int(let new), .int(let old)):
            let (result, overflow) = new.subtractingReportingOverflow(old)
            return overflow ? Self.subtracting("\(old)", from: "\(new)") : .int(result)
        case (.float, _), (_, .float):
            guard let new = new.asDouble, let old = old.asDouble else { return nil }
            return .float(new - old)
        default:
            return Self.subtracting(old.pythonText, from: new.pythonText)
        }
    }

    private static func subtracting(_ old: String, from new: String) -> Value {
        let digits = DecimalInteger.subtract(old, from: new)
        return Int(digits).map(Value.int) ?? .bigInt(digits)
    }

    /// The number, with a boolean as 0 or 1.
    private var asNumber: Value? {
        switch self {
        case .bool(let flag): .int(flag ? 1 : 0)
        case .int, .bigInt, .float: self
        default: nil
        }
    }

    private var asDouble: Double? {
        switch self {
        case .int(let number): return Double(number)
        case .float(let number): return number
        case .bigInt(let digits): return Double(digits).flatMap { $0.isFinite ? $0 : nil }
        default: return nil
        }
    }
}
