import OrderedCollections
import Values

/// A table under construction.
final class TOMLTable {
    /// How a table came to be, which decides what may still be added to it.
    enum Origin {
        /// Only named on the way to another table.
        case implied
        /// By its own header.
        case header
        /// By dotted keys; only they, within the same section, may extend it.
        case dotted
    }

    enum Entry {
        case value(Value)
        case table(TOMLTable)
        case tables([TOMLTable])
    }

    var origin: Origin
    /// The number of the header under which dotted keys made it.
    var section = 0
    var entries: OrderedDictionary<Value.Key, Entry> = [:]

    init(_ origin: Origin) {
        self.origin = origin
    }

    var value: Value {
        .map(
            entries.mapValues { entry in
                switch entry {
                case .value(let value): value
                case .table(let table): table.value
                case .tables(let tables): .list(tables.map(\.value))
                }
            }
        )
    }
}
