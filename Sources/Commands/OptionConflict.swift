/// Options that do not go together, or that Apus does not have.
struct OptionConflict: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
