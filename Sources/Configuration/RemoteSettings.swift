/// A remote as the configuration describes it.
package struct RemoteSettings: Hashable, Sendable {
    package let name: String
    /// An absolute path or a URL.
    package let url: String
    /// All other options.
    package let options: [String: ConfigurationValue]

    /// The scheme of the URL; "" for a path.
    package var scheme: String { ConfiguredPath.scheme(url) }

    /// The text of an option, or its default.
    package func string(_ key: String) -> String? {
        options[key]?.text ?? ConfigurationSchema.options(forScheme: scheme)?[key]?.defaultValue
    }

    /// Whether an option is `true`, by its default when it is not set.
    package func bool(_ key: String) -> Bool { string(key)?.lowercased() == "true" }

    /// The number of an option.
    package func integer(_ key: String) -> Int? { string(key).flatMap(OptionType.integer) }

    /// The number of an option, with a fraction.
    package func number(_ key: String) -> Double? { string(key).flatMap { Double($0.trimmed()) } }

    /// The elements of an option that takes several.
    package func list(_ key: String) -> [String]? { options[key]?.elements }
}
