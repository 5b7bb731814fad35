package import Values

/// Changes a document by patches of its text: lines that need not change stay as they are, with their comments.
package struct YAMLEditor: Sendable {
    private(set) var document: YAMLDocument

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
        change(to: document.value.setting(value, at: path[...]))
    }

    /// Removes the entry or element at `path`, if there is one.
    package mutating func remove(at path: [YAMLStep]) {
        change(to: document.value.removing(at: path[...]))
    }

    /// Adds an element at the end of the sequence at `path`, which is made when it is missing or null.
    package mutating func append(_ value: Value, toSequenceAt path: [YAMLStep]) {
        let old = path.reduce(document.value) { $0.member($1) ?? .null }
        guard old == .null || old.list != nil else { return }
        set(.list((old.list ?? []) + [value]), at: path)
    }

    private mutating func change(to wanted: Value) {
        guard !wanted.isSame(as: document.value) else { return }
        guard let root = document.root else {
            let isAtLineStart = document.source.isEmpty || document.source.last == 0x0A
            return accept(document.source + (isAtLineStart ? [] : [0x0A]) + YAMLEmitter.emit(wanted), wanted)
        }
        if let patches = YAMLPatcher(source: document.source).patches(of: root, to: wanted, indent: 0) {
            accept(YAMLPatch.apply(patches, to: document.source), wanted)
        }
        if !wanted.isSame(as: document.value) { accept(YAMLEmitter.emit(wanted), wanted) }
    }

    /// Keeps a text when it says what is wanted.
    private mutating func accept(_ text: [UInt8], _ wanted: Value) {
        guard let changed = try? YAMLDocument(parsing: text), wanted.isSame(as: changed.value) else { return }
        document = changed
    }
}
