/// The name of a section of a configuration file.
package struct SectionName: Hashable, Sendable, CustomStringConvertible {
    /// What kind of thing the section describes.
    package enum Kind: String, CaseIterable, Sendable {
        /// Settings of one topic: `[core]`.
        case plain = ""
        /// A named remote: `['remote "store"']`.
        case remote
        /// A named machine.
        case machine
        /// A named database.
        case database = "db"
    }

    package let kind: Kind
    /// The topic, or the name of the remote, machine or database; in lower case.
    package let name: String

    package init(_ name: String) {
        self.init(.plain, name)
    }

    package init(_ kind: Kind, _ name: String) {
        self.kind = kind
        self.name = name.lowercased()
    }

    package static func remote(_ name: String) -> SectionName { SectionName(.remote, name) }

    /// Reads what stands between the brackets of a header, such as `remote "store"`.
    init(header: String) {
        let text = header.lowercased()
        let trimmed = text.trimmed()
        for kind in Kind.allCases where kind != .plain && trimmed.hasPrefix(kind.rawValue) {
            let rest = trimmed.dropFirst(kind.rawValue.count).drop(while: \.isWhitespace)
            if rest.utf8.count >= 2, rest.hasPrefix("\""), rest.hasSuffix("\"") {
                self.init(kind, String(rest.dropFirst().dropLast()))
                return
            }
        }
        self.init(.plain, text)
    }

    /// What stands between the brackets, before quoting.
    var header: String { kind == .plain ? name : "\(kind.rawValue) \"\(name)\"" }

    /// The name as `dvc config` takes and lists it: `core`, `remote.store`.
    package var description: String { kind == .plain ? name : "\(kind.rawValue).\(name)" }
}
