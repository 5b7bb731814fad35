/// How mappings become flags of a command (section `parsing` of the configuration).
package struct TemplateOptions: Sendable, Hashable {
    package enum BooleanFlags: String, Sendable, Hashable {
        /// `--key` for true, nothing for false.
        case storeTrue = "store_true"
        /// `--key` for true, `--no-key` for false.
        case optional = "boolean_optional"
    }

    package enum ListFlags: String, Sendable, Hashable {
        /// `--key a b`
        case together = "nargs"
        /// `--key a --key b`
        case repeated = "append"
    }

    package let booleans: BooleanFlags
    package let lists: ListFlags

    package init(booleans: BooleanFlags = .storeTrue, lists: ListFlags = .together) {
        self.booleans = booleans
        self.lists = lists
    }
}
