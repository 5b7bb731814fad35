import Basics
import OrderedCollections
package import Values

/// The place of a parameter in its file: keys and list positions joined by dots, as in `train.layers.0`.
///
/// Each part may be a glob with `*`, `?` and `[…]`, and one part may be `**` for any number of levels; the path must
/// still lead to a single value.
package struct ParameterPath: Sendable, Hashable {
    package let text: String
    private let parts: [String]

    package init(_ text: String) {
        self.text = text
        parts = text.drop { $0 == "." }.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    /// The one value at this place, or nil when there is none.
    package func value(in root: Value) throws(ParameterPathError) -> Value? {
        guard !text.isEmpty else { return root }
        guard parts.filter({ $0 == "**" }).count < 2 else { throw .twoDoubleStars(text) }
        var found: [Value] = []
        search(root, parts[...], isRoot: true, &found)
        guard found.count < 2 else { throw .ambiguous(text) }
        return found.first
    }

    private func search(_ value: Value, _ rest: ArraySlice<String>, isRoot: Bool, _ found: inout [Value]) {
        guard found.count < 2 else { return }
        guard let part = rest.first else {
            if !isRoot {
                found.append(value)
            }
            return
        }
        if part == "**" {
            search(value, rest.dropFirst(), isRoot: isRoot, &found)
            for (_, child) in ParameterPath.children(of: value) {
                search(child, rest, isRoot: false, &found)
            }
            return
        }
        guard part.contains(where: { "*?[".contains($0) }) else {
            if let child = ParameterPath.child(part, of: value) {
                search(child, rest.dropFirst(), isRoot: false, &found)
            }
            return
        }
        for (name, child) in ParameterPath.children(of: value) where NamePattern.matches(name, part) {
            search(child, rest.dropFirst(), isRoot: false, &found)
        }
    }

    private static func child(_ name: String, of value: Value) -> Value? {
        switch value {
        case .map(let map): map[Value.Key(name)] ?? map[Value.Key(name, isString: false)]
        case .list(let list): Int(name).flatMap { list.indices.contains($0) ? list[$0] : nil }
        default: nil
        }
    }

    private static func children(of value: Value) -> [(name: String, value: Value)] {
        switch value {
        case .map(let map): map.map { ($0.key.text, $0.value) }
        case .list(let list): list.enumerated().map { (String($0), $1) }
        default: []
        }
    }
}
