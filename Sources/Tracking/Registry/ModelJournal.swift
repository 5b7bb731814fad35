import OrderedCollections
import Tables
package import Values

/// What happened to models, as `model history` shows it.
package struct ModelJournal: Sendable {
    package struct Entry: Sendable {
        package let moment: Moment
        package let model: String
        /// `registration`, `assignment`, …
        package let event: String
        package var version: String?
        package var stage: String?
        package let commit: String
        package let author: String
        package let email: String
        package let message: String
        package let tag: String

        package init(
            moment: Moment,
            model: String,
            event: String,
            version: String?,
            stage: String?,
            commit: String,
            author: String,
            email: String,
            message: String,
            tag: String
        ) {
            self.moment = moment
            self.model = model
            self.event = event
            self.version = version
            self.stage = stage
            self.commit = commit
            self.author = author
            self.email = email
            self.message = message
            self.tag = tag
        }
    }

    /// The newest first.
    package let entries: [Entry]

    package init(entries: [Entry]) {
        self.entries = entries
    }

    package var json: Value {
        .list(
            entries.map { entry in
                .map([
                    "timestamp": .string(entry.moment.text), "name": .string(entry.model),
                    "event": .string(entry.event), "version": entry.version.map { .string($0) } ?? .null,
                    "stage": entry.stage.map { .string($0) } ?? .null, "commit": .string(entry.commit),
                    "author": .string(entry.author), "email": .string(entry.email),
                    "message": .string(entry.message), "tag": .string(entry.tag),
                ])
            }
        )
    }

    package var text: String {
        if entries.isEmpty { return "" }
        let rows = entries.map { entry in
            [
                entry.moment.short, entry.model, entry.event, entry.version.map(ModelVersionDetails.short) ?? "-",
                entry.stage ?? "-", String(entry.commit.prefix(7)), entry.author, entry.tag,
            ]
        }
        let headers = ["Time", "Name", "Event", "Version", "Stage", "Commit", "By", "Tag"]
        return Table(headers: headers, rows: rows).text(.plain)
    }
}
