import OrderedCollections
import Values

extension Value {
    /// Gives this value with another one at `path`; missing mappings on the way are made.
    ///
    /// An index may be one past the end of a list; other impossible steps change nothing.
    func setting(_ value: Value, at path: ArraySlice<YAMLStep>) -> Value {
        guard let step = path.first else { return value }
        let rest = path.dropFirst()
        switch step {
        case .key(let key):
            var map = map ?? [:]
            map[key] = (map[key] ?? .null).setting(value, at: rest)
            return .map(map)
        case .index(let index):
            guard var list, (0...list.count).contains(index) else { return self }
            if index == list.count { list.append(.null) }
            list[index] = list[index].setting(value, at: rest)
            return .list(list)
        }
    }

    /// Gives this value without what `path` leads to.
    func removing(at path: ArraySlice<YAMLStep>) -> Value {
        guard let step = path.first else { return .null }
        let rest = path.dropFirst()
        switch (step, self) {
        case (.key(let key), .map(var map)):
            guard let old = map[key] else { return self }
            map[key] = rest.isEmpty ? nil : old.removing(at: rest)
            return .map(map)
        case (.index(let index), .list(var list)):
            guard list.indices.contains(index) else { return self }
            if rest.isEmpty { list.remove(at: index) } else { list[index] = list[index].removing(at: rest) }
            return .list(list)
        default: return self
        }
    }

    func member(_ step: YAMLStep) -> Value? {
        switch (step, self) {
        case (.key(let key), .map(let map)): return map[key]
        case (.index(let index), .list(let list)): return list.indices.contains(index) ? list[index] : nil
        default: return nil
        }
    }

    /// Whether both are written alike: types differ, the order of keys does not count, NaN is itself.
    func isSame(as other: Value) -> Bool {
        switch (self, other) {
        case (.float(let left), .float(let right)): left == right || left.isNaN && right.isNaN
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.list(let left), .list(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.map(let left), .map(let right)):
            left.count == right.count
                && left.allSatisfy { key, value in right[key].map { value.isSame(as: $0) } ?? false }
        default: self == other
        }
    }
}
