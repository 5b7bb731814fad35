package import OrderedCollections
import Tables
package import Values

/// One version of a model: a commit, what was said of it, and the data it stands for.
package struct ModelVersionDetails: Sendable {
    /// The number; nil for a commit that was never registered.
    package var version: String?
    package var commit: String
    package var stages: [String] = []
    package var isActive = true
    package var created: Moment?
    package var author: String?
    package var email: String?
    package var message: String?
    /// The tag that registered it.
    package var tag: String?
    package var path: String?
    package var hash: String?
    /// In bytes.
    package var size: Int?
    package var fileCount: Int?
    /// What the metrics files of its commit say, by their paths.
    package var metrics: OrderedDictionary<String, Value> = [:]
    /// Why nothing is known of its data.
    package var fault: String?

    package init(version: String?, commit: String) {
        self.version = version
        self.commit = commit
    }

    /// A version for a table: a commit is cut to seven digits.
    package static func short(_ version: String) -> String {
        version.utf8.count >= 40 && !version.hasPrefix("v") ? String(version.prefix(7)) : version
    }

    package var fields: Value.Map {
        var fields: Value.Map = [:]
        fields["version"] = version.map { .string($0) } ?? .null
        fields["commit"] = .string(commit)
        fields["active"] = .bool(isActive)
        fields["stages"] = .list(stages.map { .string($0) })
        fields["created"] = created.map { .string($0.text) } ?? .null
        fields["author"] = author.map { .string($0) } ?? .null
        fields["email"] = email.map { .string($0) } ?? .null
        fields["message"] = message.map { .string($0) } ?? .null
        fields["tag"] = tag.map { .string($0) } ?? .null
        fields["path"] = path.map { .string($0) } ?? .null
        fields["hash"] = hash.map { .string($0) } ?? .null
        fields["size"] = size.map { .int($0) } ?? .null
        fields["nfiles"] = fileCount.map { .int($0) } ?? .null
        fields["metrics"] = .map(Value.Map(metrics.map { (Value.Key($0.key), $0.value) }) { first, _ in first })
        return fields
    }
}

/// A model and its versions, or one of them, as `model show` shows them.
package struct ModelDetails: Sendable {
    package let model: ModelSummary
    /// The highest first.
    package let versions: [ModelVersionDetails]
    /// Whether one version was asked for.
    package let isOne: Bool

    package init(model: ModelSummary, versions: [ModelVersionDetails], isOne: Bool) {
        self.model = model
        self.versions = versions
        self.isOne = isOne
    }

    package var json: Value {
        var fields = model.fields
        if isOne, let version = versions.first {
            // The path and stages of the version stand for those of today.
            fields.merge(version.fields) { $1 }
        } else {
            fields["versions"] = .list(versions.map { .map($0.fields) })
        }
        return .map(fields)
    }

    package var text: String {
        var lines: [(String, String?)] = [("name", model.name), ("type", model.type)]
        if isOne, let version = versions.first {
            lines += [
                ("version", version.version.map { $0 + (version.isActive ? "" : " (deregistered)") }),
                ("stages", version.stages.isEmpty ? nil : version.stages.joined(separator: ", ")),
                ("commit", version.commit), ("path", version.path), ("hash", version.hash),
                ("size", version.size.map { "\($0)" }), ("files", version.fileCount.map { "\($0)" }),
                ("created", version.created?.text), ("by", version.authorText), ("message", version.message),
                ("data", version.fault),
            ]
            lines += version.metrics.map { ("metrics", "\($0.key) \($0.value.json())") }
        } else {
            lines += [("path", model.path)]
            if model.isDeprecated { lines.append(("deprecated", "yes")) }
        }
        lines.append(("description", model.description))
        lines.append(("labels", model.labels.isEmpty ? nil : model.labels.joined(separator: ", ")))
        lines.append(("meta", model.meta.map { $0.json() }))
        let width = 13
        let head = lines.compactMap { name, value in
            value.map { name + ":" + String(repeating: " ", count: width - name.count - 1) + $0 + "\n" }
        }.joined()
        return isOne ? head : head + table
    }

    private var table: String {
        let rows = versions.map { version in
            [
                ModelVersionDetails.short(version.version ?? version.commit)
                    + (version.isActive ? "" : " (deregistered)"),
                version.stages.isEmpty ? "-" : version.stages.joined(separator: ", "),
                version.created?.short ?? "-", version.author ?? "-", String(version.commit.prefix(7)),
                version.size.map(HumanSize.text) ?? "-", version.hash ?? "-",
            ]
        }
        if rows.isEmpty { return "no version is registered\n" }
        let headers = ["Version", "Stages", "Created", "By", "Commit", "Size", "Hash"]
        return "\n" + Table(headers: headers, rows: rows).text(.plain)
    }
}

extension ModelVersionDetails {
    fileprivate var authorText: String? {
        guard let author else { return nil }
        return email.map { "\(author) <\($0)>" } ?? author
    }
}
