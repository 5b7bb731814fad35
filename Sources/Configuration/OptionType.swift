/// What values an option takes.
package enum OptionType: Hashable, Sendable {
    case text
    /// A name that is compared in lower case.
    case name
    case flag
    /// `true` or `false`, or a path.
    case flagOrText
    case integer(ClosedRange<Int>)
    case number(minimum: Double)
    case choice([String])
    /// Link types, most wanted first, separated by commas.
    case linkTypes

    /// What is wrong with a value, in DVC's words; nil when nothing is.
    func fault(in value: ConfigurationValue) -> String? {
        switch self {
        case .linkTypes:
            let unknown = value.elements.filter { !["reflink", "hardlink", "symlink", "copy"].contains($0) }
            return unknown.isEmpty ? nil : "Unsupported cache type(s): \(unknown.joined(separator: ", "))"
        case .flag:
            return Self.flag(value) == nil ? "expected true or false" : nil
        case .flagOrText:
            return value.text == nil ? "expected true or false" : nil
        case .text, .name:
            return value.text == nil ? "expected str" : nil
        case .choice(let choices):
            if let text = value.text, choices.contains(text.lowercased()) { return nil }
            return "expected one of \(choices.joined(separator: ", "))"
        case .integer(let range):
            guard let number = value.text.flatMap(Self.integer) else { return "expected int" }
            if number < range.lowerBound { return "value must be at least \(range.lowerBound)" }
            return number > range.upperBound ? "value must be at most \(range.upperBound)" : nil
        case .number(let minimum):
            guard let number = value.text.flatMap({ Double($0.trimmed()) }) else { return "expected float" }
            return number < minimum ? "value must be at least \(Int(minimum))" : nil
        }
    }

    static func flag(_ value: ConfigurationValue) -> Bool? {
        switch value.text?.lowercased() {
        case "true": true
        case "false": false
        default: nil
        }
    }

    static func integer(_ text: String) -> Int? { Int(text.trimmed()) }
}
