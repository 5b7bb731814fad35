import OrderedCollections
package import Values

/// The answer of `status --cloud`: what differs between the cache and a remote.
package struct CloudStatus: Sendable, Hashable {
    /// Where an object is.
    package enum State: String, Sendable, Hashable {
        /// In the remote only.
        case deleted
        /// In the cache only.
        case new
        /// In neither.
        case missing
    }

    /// An object by one of the paths that use it.
    package struct Item: Sendable, Hashable {
        package var path: String
        package var state: State

        /// Creates an item.
        package init(path: String, state: State) {
            self.path = path
            self.state = state
        }
    }

    package var items: [Item]

    /// Takes the objects that differ.
    package init(items: [Item]) {
        self.items = items
    }

    /// Returns the answer as text for a terminal; `remote` is the name as typed or by default.
    package func text(remote: String, indent: Int = 1) -> String {
        if items.isEmpty { return "Cache and remote '\(remote)' are in sync.\n" }
        return items.map { Status.line($0.state.rawValue, $0.path, indent: indent) }.joined()
    }

    /// The answer as DVC's JSON.
    package var json: Value {
        var map: Value.Map = [:]
        for item in items { map[Value.Key(item.path)] = .string(item.state.rawValue) }
        return .map(map)
    }
}
