import Basics
package import ObjectStore
import Synchronization

/// The outputs that this project's commands put into the workspace, with what they then held.
///
/// It tells a later checkout which files are left over from another revision, and not a user's own. A private file;
/// losing it only means that such files stay. Use it while the project's lock is held.
package final class OutputLinks: Sendable {
    /// What an output held: its object, and whether it is one of DVC 2.
    package struct Content: Hashable, Sendable {
        package let object: ObjectID
        package let isLegacy: Bool
    }

    private struct State {
        var contents: [String: Content]
        var hasChanges = false
    }

    private static let header = "apus-links 1"
    private let file: String
    private let state = Mutex<State?>(nil)

    package init(file: String) {
        self.file = file
    }

    /// Notes what an output holds now; nil forgets it.
    package func set(_ path: String, _ object: ObjectID?, isLegacy: Bool = false) {
        let content = object.map { Content(object: $0, isLegacy: isLegacy) }
        withState { state in
            if state.contents[path] == content { return }
            state.contents[path] = content
            state.hasChanges = true
        }
    }

    /// The noted outputs other than these, by path.
    package func others(than used: Set<String>) -> [(path: String, content: Content)] {
        withState { state in
            state.contents.filter { !used.contains($0.key) }.map { ($0.key, $0.value) }
                .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        }
    }

    /// Writes the changes; a failure only costs the removal of files that are left over.
    package func save() {
        state.withLock { state in
            guard var changed = state, changed.hasChanges else { return }
            try? Files.makeDirectories(Paths.parent(file))
            try? Files.writeAtomically(Self.encode(changed.contents), to: file)
            changed.hasChanges = false
            state = changed
        }
    }

    private func withState<Result>(_ body: (inout State) -> Result) -> Result {
        state.withLock { state in
            var known = state ?? State(contents: Self.decode((try? Files.readIfPresent(file)) ?? []))
            defer { state = known }
            return body(&known)
        }
    }

    private static func encode(_ contents: [String: Content]) -> [UInt8] {
        let records = contents.sorted { $0.key < $1.key }.flatMap { path, content in
            [content.object.description + (content.isLegacy ? legacyMark : ""), path]
        }
        return Array(([header] + records).map { $0 + "\0" }.joined().utf8)
    }

    private static func decode(_ bytes: [UInt8]) -> [String: Content] {
        let fields = bytes.split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard fields.first == header else { return [:] }
        var contents: [String: Content] = [:]
        for position in stride(from: 1, to: fields.count - 1, by: 2) {
            let isLegacy = fields[position].hasSuffix(legacyMark)
            guard let object = ObjectID(fields[position].dropLast(isLegacy ? legacyMark.count : 0)) else { continue }
            contents[fields[position + 1]] = Content(object: object, isLegacy: isLegacy)
        }
        return contents
    }

    private static let legacyMark = " legacy"
}
