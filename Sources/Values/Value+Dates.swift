import OrderedCollections

extension Value {
    /// Whether a date or time is anywhere in the value.
    package var containsDate: Bool {
        switch self {
        case .date: true
        case .list(let elements): elements.contains { $0.containsDate }
        case .map(let map): map.values.contains { $0.containsDate }
        default: false
        }
    }
}
