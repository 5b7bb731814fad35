/// Why an archive is not taken, or not made.
package enum ArchiveError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It ends before it is complete.
    case truncated
    /// A header that makes no sense, and why.
    case damaged(String)
    /// A kind of archive that cannot be read.
    case unsupported(String)
    /// A name that leads out of the folder that the archive is for.
    case unsafeName(String)
    /// Two entries of one name, or a file where a folder has to be.
    case repeatedName(String)
    /// More entries, longer names or more bytes than are taken.
    case tooLarge(String)
    /// A name or number that has no place in an archive.
    case unwritable(String)

    package var description: String {
        switch self {
        case .truncated: "the archive ends early"
        case .damaged(let reason): "the archive is damaged: \(reason)"
        case .unsupported(let kind): "\(kind) cannot be read"
        case .unsafeName(let name): "the archive has an entry '\(Self.shown(name))', which leads out of it"
        case .repeatedName(let name): "the archive has several entries '\(Self.shown(name))'"
        case .tooLarge(let what): "the archive is too large: \(what)"
        case .unwritable(let what): "cannot be put into an archive: \(what)"
        }
    }

    /// A name without what could move a terminal's cursor.
    private static func shown(_ name: String) -> String {
        let text = String(
            String.UnicodeScalarView(name.unicodeScalars.map { $0.properties.isControl ? "\u{FFFD}" : $0 })
        )
        return text.count > 200 ? String(text.prefix(200)) + "…" : text
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isControl: Bool { generalCategory == .control || generalCategory == .format }
}
