import OrderedCollections
package import Values

/// The answer of `status`: the stages that changed.
package struct Status: Sendable, Hashable {
    /// The stages with changes; the others are to be left out.
    package var stages: [StageStatus]

    /// Takes the stages; those without changes are dropped.
    package init(stages: [StageStatus]) {
        self.stages = stages.filter { !$0.changes.isEmpty }
    }

    /// What is said when nothing changed.
    package static let upToDate = "Data and pipelines are up to date.\n"
    /// What is said when there is no stage at all.
    package static let noStages = """
        There are no data or pipelines tracked in this project yet.
        See <https://dvc.org/doc/start> to get started!

        """

    /// The answer as text for a terminal, empty when nothing changed.
    package var text: String {
        var text = ""
        for stage in stages {
            text += "\(stage.stage):\n"
            for change in stage.changes { text += change.text }
        }
        return text
    }

    /// The answer as DVC's JSON.
    package var json: Value {
        var map: Value.Map = [:]
        for stage in stages { map[Value.Key(stage.stage)] = .list(stage.changes.map(\.json)) }
        return .map(map)
    }

    /// Returns a line of a word in a column of its own and what it is about.
    static func line(_ word: String, _ name: String, indent: Int) -> String {
        let label = word + ":"
        let blanks = String(repeating: " ", count: max(0, 20 - label.unicodeScalars.count))
        return String(repeating: "\t", count: indent) + label + blanks + name + "\n"
    }
}

extension StageStatus.Change {
    fileprivate var name: String {
        switch self {
        case .dependencies: "changed deps"
        case .outputs: "changed outs"
        case .command: "changed command"
        case .always: "always changed"
        case .checksum: "changed checksum"
        }
    }

    private var items: [StageStatus.Item]? {
        switch self {
        case .dependencies(let items), .outputs(let items): items
        case .command, .always, .checksum: nil
        }
    }

    fileprivate var text: String {
        guard let items else { return "\t\(name)\n" }
        return items.isEmpty ? "" : "\t\(name):\n" + items.map(\.text).joined()
    }

    fileprivate var json: Value {
        guard let items else { return .string(name) }
        var map: Value.Map = [:]
        for item in items { map[Value.Key(item.path)] = item.state.json }
        return .map([Value.Key(name): .map(map)])
    }
}

extension StageStatus.Item {
    fileprivate var text: String {
        switch state {
        case .word(let word): Status.line(word, path, indent: 2)
        case .keys(let keys):
            "\t\t\(path):\n" + keys.map { Status.line($0.word, $0.key, indent: 3) }.joined()
        }
    }
}

extension StageStatus.State {
    fileprivate var json: Value {
        switch self {
        case .word(let word): return .string(word)
        case .keys(let keys):
            var map: Value.Map = [:]
            for changed in keys { map[Value.Key(changed.key)] = .string(changed.word) }
            return .map(map)
        }
    }
}
