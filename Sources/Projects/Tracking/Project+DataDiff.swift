import Basics
import Git
import Metafiles
package import Tracking

extension Project {
    /// Which tracked data differs between two revisions, or one and the workspace when `new` is nil.
    ///
    /// Only with the workspace it is also said which of the old data the cache lacks. Throws when a target is in
    /// neither of the two.
    package func dataDiff(from old: String, to new: String?, targets: [String]) throws -> DataDiff {
        if try requiredGit().head()?.commit == nil { return DataDiff() }
        let newName = new ?? RevisionScope.workspace
        var sides: [String: DiffSide] = [:]
        for source in try sources(RevisionScope(revisions: [old, newName])) {
            if source.name == RevisionScope.workspace, newName != RevisionScope.workspace { continue }
            sides[source.name] = try side(source, targets)
        }
        // One commit under both names differs in nothing.
        guard sides.count > 1, let oldSide = sides[old], let newSide = sides[newName] else {
            if let side = sides.values.first { try check(side.missing) }
            return DataDiff()
        }
        try check(targets.filter { oldSide.missing.contains($0) && newSide.missing.contains($0) })
        return try compare(oldSide.parts, newSide.parts, findsMissing: new == nil)
    }

    private func check(_ missing: [String]) throws {
        if let target = missing.first { throw ProjectError.missingDataTarget(target) }
    }

    private func side(_ source: NamedSource, _ targets: [String]) throws -> DiffSide {
        let index = try collect(from: source.files)
        let data = RecordedData(index, of: self)
        var side = DiffSide()
        var selections: [Selection] = []
        if targets.isEmpty { selections = try select([], in: index) }
        for target in targets {
            do {
                selections += try select([target], in: index)
            } catch is ProjectError {
                side.missing.append(target)
            }
        }
        var seen: Set<String> = []
        for selection in selections {
            for output in index.stages[selection.position].outputs(holding: selection.filter) {
                guard output.entry.usesCache, output.isInProject else { continue }
                let inner = selection.filter.flatMap { Paths.inside($0, of: output.path) }
                guard seen.insert(output.path + "\0" + (inner ?? "")).inserted else { continue }
                side.parts.append(
                    DataPart(output: output, inner: inner, id: output.object) { try data.tree(of: output) }
                )
            }
        }
        if source.name == RevisionScope.workspace { side.parts = try side.parts.compactMap(currentPart) }
        return side
    }

    private func compare(_ old: [DataPart], _ new: [DataPart], findsMissing: Bool) throws -> DataDiff {
        let olds = Dictionary(old.map { ($0.output.path, $0) }) { first, _ in first }
        let news = Dictionary(new.map { ($0.output.path, $0) }) { first, _ in first }
        // Directories that are the same need not be listed.
        func isListed(_ part: DataPart) throws -> Bool {
            guard let old = olds[part.output.path], let new = news[part.output.path], old.isSame(as: new) else {
                return true
            }
            return try findsMissing && !isCached(old)
        }
        let oldItems = try old.flatMap { try $0.items(isListed: isListed($0), root: root) }
        let newItems = try new.flatMap { try $0.items(isListed: isListed($0), root: root) }
        if !findsMissing { return DataDiff(old: oldItems, new: newItems) }
        let missing = try missing(among: oldItems)
        return DataDiff(old: oldItems, new: newItems) { missing.contains($0) }
    }
}

/// The data of one revision.
private struct DiffSide {
    var parts: [DataPart] = []
    /// The targets that name nothing in the revision.
    var missing: [String] = []
}
