package import OrderedCollections
package import Tables
package import Values

/// The answer of `metrics show`: the metrics of one or more revisions.
package struct MetricsShow: Sendable, Hashable {
    /// The metrics by revision; the name is empty when only the workspace was asked for.
    package private(set) var revisions: OrderedDictionary<String, TrackedFiles>

    /// Takes the metrics files of the revisions, given as their whole values.
    package init(_ revisions: OrderedDictionary<String, TrackedFiles>) {
        self.revisions = revisions.mapValues(\.metrics)
    }

    /// Returns the answer without the workspace if that holds the same as the branch that is checked out.
    package func hidingWorkspace(sameAs branch: String) -> MetricsShow {
        guard let workspace = revisions["workspace"], let head = revisions[branch], !workspace.hasFailure,
            !head.hasFailure, workspace.isEqualInPython(to: head)
        else { return self }
        var rest = self
        rest.revisions["workspace"] = nil
        return rest
    }

    /// The revisions of which something could not be read; for the note on standard error.
    package var failedRevisions: [String] {
        revisions.filter { $0.value.hasFailure }.map(\.key)
    }

    /// What could not be read, of all revisions.
    package var failures: [ReadFailure] { revisions.values.flatMap(\.failures) }

    /// Returns a table of a row for each file, with floats rounded to `precision` decimals (0 counts as 5, as in DVC).
    package func table(showsRevisions: Bool = false, precision: Int = 5) -> Table {
        let rows = revisions.flatMap { name, files in
            files.contents.compactMap { path, content in
                files.failure == nil ? Row(revision: name, path: path, content: content) : nil
            }
        }
        let names = OrderedSet(rows.flatMap(\.metrics.keys)).sorted { $0.precedes($1) }
        let digits = precision == 0 ? 5 : precision
        return Table(
            headers: (showsRevisions ? ["Revision", "Path"] : ["Path"]) + names,
            rows: rows.map { row in
                (showsRevisions ? [row.revision, row.path] : [row.path])
                    + names.map { row.metrics[$0]?.cell(digits) ?? "-" }
            }
        )
    }

    /// The answer as DVC's JSON, with unrounded numbers and the nesting of the files.
    package var json: Value {
        .map(Value.Map(uniqueKeysWithValues: revisions.map { (Value.Key($0.key), $0.value.json) }))
    }
}

/// A row of the table: the metrics of a file in a revision.
private struct Row {
    let revision: String
    let path: String
    let metrics: OrderedDictionary<String, Value>

    init(revision: String, path: String, content: TrackedFiles.Content) {
        self.revision = revision
        self.path = path
        switch content {
        case .value(.map(let map)): metrics = map.flattened
        case .value(let value): metrics = ["": value]
        case .failure: metrics = [:]
        }
    }
}

extension TrackedFiles {
    fileprivate func isEqualInPython(to other: TrackedFiles) -> Bool {
        contents.count == other.contents.count
            && contents.keys.allSatisfy { path in
                guard let value = self[path], let other = other[path] else { return false }
                return value.isEqualInPython(to: other)
            }
    }

    fileprivate var json: Value {
        if let failure { return .map(["error": failure.json]) }
        let files = contents.map { path, content in
            let value: Value =
                switch content {
                case .value(let value): .map(["data": value])
                case .failure(let failure): .map(["error": failure.json])
                }
            return (Value.Key(path), value)
        }
        return .map(["data": .map(Value.Map(uniqueKeysWithValues: files))])
    }
}

extension ReadFailure {
    fileprivate var json: Value {
        .map(["type": .string(type), "msg": .string(message)])
    }
}
