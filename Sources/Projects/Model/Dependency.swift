import Basics
package import Metafiles
import OrderedCollections
import Pipelines
package import Values

/// What a stage reads.
package struct Dependency: Sendable {
    package enum Kind: Hashable, Sendable {
        /// A file or directory of this machine.
        case file
        /// Keys of a parameter file; no keys for all of them.
        case parameters(keys: [String])
        /// Data of another repository, of a remote or of a database, which is not looked at.
        case elsewhere
    }

    package let kind: Kind
    /// Absolute and normalized for what is on this machine, else as written.
    package let path: String
    /// What is recorded; for parameters only the path.
    package var entry: Entry
    /// The recorded values of parameters; nil when none were ever recorded.
    package var parameters: Value.Map?

    /// A dependency as an entry states it, relative to `directory`.
    init(entry: Entry, directory: String) {
        self.entry = entry
        let isElsewhere = Self.hasScheme(entry.path) || entry.fields["repo"] != nil || entry.fields["db"] != nil
        kind = isElsewhere ? .elsewhere : .file
        path = isElsewhere ? entry.path : Paths.absolute(entry.path, from: directory)
        parameters = nil
    }

    /// The parameters of one file, with what the lock file says of it.
    init(_ definition: ParameterDependency, directory: String, recorded: Value.Map?) {
        let keys = definition.keys ?? []
        kind = .parameters(keys: keys)
        entry = Entry(path: definition.file)
        path = Paths.absolute(definition.file, from: directory)
        parameters = recorded.map { recorded in
            keys.isEmpty ? recorded : recorded.filter { keys.contains($0.key.text) }
        }
    }

    private static func hasScheme(_ path: String) -> Bool {
        let bytes = path.utf8
        var rest = bytes[...]
        while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            rest = bytes[bytes.index(after: colon)...]
            if rest.starts(with: "//".utf8) { return true }
        }
        return false
    }

    package var isParameters: Bool {
        if case .parameters = kind { true } else { false }
    }
}
