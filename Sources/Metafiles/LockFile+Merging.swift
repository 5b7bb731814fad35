import OrderedCollections
import Values
import YAML

extension LockFile {
    /// What became of two lock files that go back to a common one.
    package struct Merged: Sendable {
        /// The text; stages that both sides changed stand in it twice, between Git's conflict markers.
        package let bytes: [UInt8]
        /// The names of these stages.
        package let conflicts: [String]
    }

    /// Merges stage by stage; nil when something else than stages was changed on both sides.
    package static func merge(ancestor: LockFile, ours: LockFile, theirs: LockFile) -> Merged? {
        guard let header = ThreeWay(ancestor.header, ours.header, theirs.header).result else { return nil }
        var merged = LockFile()
        merged.header = header
        var parts: [(name: String, choice: ThreeWay<LockEntry?>)] = []
        let names = Array(ours.stages.keys) + theirs.stages.keys.filter { ours[$0] == nil }
        for name in names {
            let choice = ThreeWay(ancestor[name], ours[name], theirs[name])
            if let result = choice.result, result == nil { continue }
            parts.append((name, choice))
            merged[name] = choice.result ?? nil
        }
        let conflicts = parts.filter { $0.choice.result == nil }.map(\.name)
        if conflicts.isEmpty { return Merged(bytes: merged.encoded(), conflicts: []) }
        var bytes = YAMLEmitter.emit(.map(header)) + Array("stages:\n".utf8)
        for (name, choice) in parts {
            if let result = choice.result {
                bytes += block(name, result)
            } else {
                bytes += Array("<<<<<<< ours\n".utf8) + block(name, choice.ours)
                bytes += Array("=======\n".utf8) + block(name, choice.theirs) + Array(">>>>>>> theirs\n".utf8)
            }
        }
        return Merged(bytes: bytes, conflicts: conflicts)
    }

    /// The lines of one stage as they stand in a file.
    private static func block(_ name: String, _ entry: LockEntry?) -> [UInt8] {
        entry.map { text(of: name, $0) } ?? []
    }
}

/// A value in three versions: what it was, and what two sides made of it.
package struct ThreeWay<Element: Equatable> {
    package let ancestor: Element
    package let ours: Element
    package let theirs: Element

    package init(_ ancestor: Element, _ ours: Element, _ theirs: Element) {
        self.ancestor = ancestor
        self.ours = ours
        self.theirs = theirs
    }

    /// The version that counts; nil when the two sides changed it differently.
    package var result: Element? {
        if ours == theirs || theirs == ancestor { return ours }
        return ours == ancestor ? theirs : nil
    }
}

extension ThreeWay: Sendable where Element: Sendable {}
