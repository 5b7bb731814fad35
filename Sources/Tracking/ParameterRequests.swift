import Basics
package import OrderedCollections
package import Values

/// Which keys of which parameters files are to be compared.
package struct ParameterRequests: Sendable, Hashable {
    /// The keys asked for by file; none stands for the whole file.
    package private(set) var keys: OrderedDictionary<String, OrderedSet<String>> = [:]
    private var wholeFiles: Set<String> = []

    /// Creates no request.
    package init() {}

    /// Adds a request; one for a whole file (no keys) outdoes the others for it.
    package mutating func add(file: String, keys: [String] = []) {
        if keys.isEmpty { wholeFiles.insert(file) }
        self.keys[file, default: []].formUnion(keys)
        if wholeFiles.contains(file) { self.keys[file] = [] }
    }

    /// Returns the part of a file's value that was asked for.
    ///
    /// A key is names joined with dots, in which `*`, `?` and `[…]` match as in file names; one that is missing is left out.
    package func select(from value: Value, file: String) -> Value {
        guard let keys = keys[file], !keys.isEmpty else { return value }
        var selected: Value = .map([:])
        for key in keys {
            let names = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            if let part = value.part(names[...]) { selected.merge(part) }
        }
        return selected
    }
}

extension Value {
    /// The nesting that leads to what `names` match, or nil when nothing does.
    fileprivate func part(_ names: ArraySlice<String>) -> Value? {
        guard let name = names.first else { return self }
        switch self {
        case .map(let map):
            var kept: Map = [:]
            for (key, value) in map where NamePattern.matches(key.pathText, name) {
                kept[key] = value.part(names.dropFirst())
            }
            return kept.isEmpty ? nil : .map(kept)
        case .list(let elements):
            var kept: [Value] = []
            for (index, element) in elements.enumerated() where NamePattern.matches(String(index), name) {
                guard let part = element.part(names.dropFirst()) else { continue }
                kept += Array(repeating: .null, count: index - kept.count)
                kept.append(part)
            }
            return kept.isEmpty ? nil : .list(kept)
        default:
            return nil
        }
    }

    fileprivate mutating func merge(_ other: Value) {
        guard case .map(var mine) = self, case .map(let others) = other else {
            self = other
            return
        }
        for (key, value) in others {
            if mine[key] == nil { mine[key] = value } else { mine[key]?.merge(value) }
        }
        self = .map(mine)
    }
}
