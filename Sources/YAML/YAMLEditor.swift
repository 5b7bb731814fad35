package import Values

/// Changes a document by patches of its text: lines that need not change stay as they are, with their comments.
package struct YAMLEditor: Sendable {
    package private(set) var document: YAMLDocument

    package init(_ document: YAMLDocument) {
        self.document = document
    }

    /// The text after all edits.
    package var text: [UInt8] { document.source }

    /// Puts a value at `path`.
    ///
    /// Of a mapping over a mapping only the entries that differ change, of a list over a list the elements that
    /// differ. Mappings missing on the way are made; an index may be one past the end of its list; other paths that
    /// lead nowhere change nothing.
    package mutating func set(_ value: Value, at path: [YAMLStep]) {
        change(to: document.value.setting(value, at: path[...]), below: path)
    }

    /// Removes the entry or element at `path`, if there is one.
    package mutating func remove(at path: [YAMLStep]) {
        change(to: document.value.removing(at: path[...]), below: path)
    }

    /// Adds an element at the end of the sequence at `path`, which is made when it is missing or null.
    package mutating func append(_ value: Value, toSequenceAt path: [YAMLStep]) {
        let old = path.reduce(document.value) { $0.member($1) ?? .null }
        guard old == .null || old.list != nil else { return }
        set(.list((old.list ?? []) + [value]), at: path)
    }

    /// Tries patches from the smallest to the whole text and takes the first that reads back as wanted.
    private mutating func change(to wanted: Value, below path: [YAMLStep]) {
        guard !wanted.isSame(as: document.value) else { return }
        for attempt in Attempt.all(below: path) {
            guard let text = patched(to: wanted, attempt), let changed = try? YAMLDocument(parsing: text),
                changed.value.isSame(as: wanted)
            else { continue }
            document = changed
            return
        }
    }

    /// A way to change the text.
    private enum Attempt {
        /// What differs is patched.
        case difference
        /// The same, with each alias replaced by what it stands for.
        case expanded
        /// The node at a path is written anew.
        case rewriting([YAMLStep])
        /// The whole text is written anew.
        case whole

        static func all(below path: [YAMLStep]) -> [Attempt] {
            [.difference, .expanded] + path.indices.reversed().map { .rewriting(Array(path[..<$0])) } + [.whole]
        }
    }

    private func patched(to wanted: Value, _ attempt: Attempt) -> [UInt8]? {
        guard let root = document.root else {
            var planner = PatchPlanner(document)
            planner.fill(with: wanted)
            if case .whole = attempt { return YAMLEmitter.emit(wanted) }
            return planner.patchedText()
        }
        var planner: PatchPlanner
        let top = PatchPlanner.Place()
        switch attempt {
        case .difference:
            planner = PatchPlanner(document)
            guard (try? planner.update(root, to: wanted, at: top)) != nil else { return nil }
        case .expanded:
            planner = PatchPlanner(document, expandsAliases: true)
            guard (try? planner.update(root, to: wanted, at: top)) != nil else { return nil }
        case .rewriting(let path):
            planner = PatchPlanner(document)
            guard let (node, place) = planner.place(of: path, from: root) else { return nil }
            let value = path.reduce(wanted) { $0.member($1) ?? .null }
            guard (try? planner.replace(node, with: value, at: place)) != nil else { return nil }
        case .whole: return YAMLEmitter.emit(wanted)
        }
        return planner.patchedText()
    }
}
