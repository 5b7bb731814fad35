import OrderedCollections
package import Values

/// The parameters that a stage uses, taken from one file.
package struct ParameterSelection: Sendable, Hashable {
    /// The values found, each under the key as it was asked for.
    package private(set) var values: Value.Map = [:]
    /// The keys without a value, in the order asked for.
    package private(set) var missing: [String] = []

    /// Takes `keys` out of `file`; no keys mean all at its top.
    package init(keys: [String]?, of file: Value) throws(ParameterPathError) {
        guard let keys, !keys.isEmpty else {
            values = file.map ?? [:]
            return
        }
        for key in keys {
            if let value = try ParameterPath(key).value(in: file) {
                values[Value.Key(key)] = value
            } else if !missing.contains(key) {
                missing.append(key)
            }
        }
    }

    /// The complaint about the missing keys; nil when none is missing.
    package func complaint(file: String) -> String? {
        missing.isEmpty ? nil : "Parameters '\(missing.joined(separator: ", "))' are missing from '\(file)'."
    }
}
