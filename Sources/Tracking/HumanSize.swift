/// Writes counts of bytes with three digits and a unit, as DVC does.
package enum HumanSize {
    /// Returns for example `512`, `9.77k`, `1.50M`; a unit is 1024 times the one before it.
    package static func text(_ bytes: Int) -> String {
        if bytes < 1024 { return "\(bytes)" }
        var number = Double(bytes)
        for unit in ["", "k", "M", "G", "T", "P", "E", "Z"] {
            if number < 9.995 { return Rounding.fixed(number, digits: 2) + unit }
            if number < 99.95 { return Rounding.fixed(number, digits: 1) + unit }
            if number < 999.5 { return Rounding.fixed(number, digits: 0) + unit }
            number /= 1024
        }
        return Rounding.fixed(number, digits: 1) + "Y"
    }
}
