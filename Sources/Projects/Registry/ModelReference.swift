package import Registry

/// A model and which of its versions is meant, as a user writes it: `digits`, `digits@v1.2.0`, `digits#prod`.
package struct ModelReference: Hashable, Sendable {
    /// How a version is chosen.
    package enum Selector: Hashable, Sendable {
        /// The highest one that is registered.
        case latest
        case version(SemanticVersion)
        case stage(String)
        /// Whatever is at a Git revision.
        case revision(String)
    }

    package let model: ModelName
    /// Nil when nothing was said.
    package let selector: Selector?

    /// Reads a reference; options of the command line may say the version too, but not both.
    package init(
        _ text: String,
        version: String? = nil,
        stage: String? = nil,
        revision: String? = nil
    ) throws(RegistryError) {
        var name = text[...]
        var selectors: [Selector] = []
        if let end = text.firstIndex(where: { $0 == "@" || $0 == "#" }) {
            name = text[..<end]
            let rest = String(text[text.index(after: end)...])
            selectors.append(text[end] == "@" ? try Self.version(rest) : try Self.stage(rest))
        }
        guard let model = ModelName(String(name)) else { throw .invalidName(String(name)) }
        if let version { selectors.append(try Self.version(version)) }
        if let stage { selectors.append(try Self.stage(stage)) }
        if let revision { selectors.append(.revision(revision)) }
        if selectors.count > 1 { throw .severalSelectors }
        self.model = model
        selector = selectors.first
    }

    private static func version(_ text: String) throws(RegistryError) -> Selector {
        if ["latest", "greatest"].contains(text) { return .latest }
        guard let version = SemanticVersion(text, isStrict: false) else { throw .invalidVersion(text) }
        return .version(version)
    }

    private static func stage(_ text: String) throws(RegistryError) -> Selector {
        guard RegistryTag.isStageName(text) else { throw .invalidStage(text) }
        return .stage(text)
    }
}
