import OrderedCollections
package import Values

/// Changes a document's text so that only the lines of changed values differ.
///
/// An edit states the value wanted; the difference to the present one is turned into patches of byte ranges, and the
/// result is parsed again. Where no safe patch exists (aliases, unusual layouts), the smallest enclosing block is
/// written anew.
package struct YAMLEditor {
    private var document: YAMLDocument

    package init(_ document: YAMLDocument) {
        self.document = document
    }

    /// The edited text.
    package var text: [UInt8] { document.source }

    /// Puts `value` at `path`, making mappings on the way; a path through something else is left alone.
    package mutating func set(_ value: Value, at path: [YAMLStep]) {
        update(to: document.value.setting(value, at: path[...]))
    }

    /// Takes the value at `path` away.
    package mutating func remove(at path: [YAMLStep]) {
        update(to: document.value.removing(at: path[...]))
    }

    /// Adds an element at the end of a list, making the list when there is none.
    package mutating func append(_ value: Value, toSequenceAt path: [YAMLStep]) {
        let present = path.reduce(document.value as Value?) { $0?.child($1) }
        set(.list((present?.list ?? []) + [value]), at: path)
    }

    private mutating func update(to wanted: Value) {
        if document.root == nil {
            let separator: [UInt8] = document.source.isEmpty || document.source.last == 0x0A ? [] : [0x0A]
            accept(document.source + separator + YAMLEmitter.emit(wanted), wanted)
            return
        }
        guard let root = document.root, root.value != wanted else { return }
        let patches = YAMLPatcher(source: document.source).patches(of: root, to: wanted, indent: 0)
        if let patches, accept(YAMLPatch.apply(patches, to: document.source), wanted) { return }
        accept(YAMLEmitter.emit(wanted), wanted)
    }

    /// Keeps `bytes` when they say what is wanted.
    @discardableResult
    private mutating func accept(_ bytes: [UInt8], _ wanted: Value) -> Bool {
        guard let result = try? YAMLDocument(parsing: bytes), result.value == wanted else { return false }
        document = result
        return true
    }
}

extension Value {
    fileprivate func child(_ step: YAMLStep) -> Value? {
        switch step {
        case .key(let key): self[key]
        case .index(let index): list.flatMap { $0.indices.contains(index) ? $0[index] : nil }
        }
    }

    fileprivate func setting(_ value: Value, at path: ArraySlice<YAMLStep>) -> Value {
        guard let step = path.first else { return value }
        switch (step, self) {
        case (.key(let key), .map(var map)):
            map[key] = (map[key] ?? .null).setting(value, at: path.dropFirst())
            return .map(map)
        case (.key(let key), .null):
            return .map([key: Value.null.setting(value, at: path.dropFirst())])
        case (.index(let index), .list(var list)) where list.indices.contains(index):
            list[index] = list[index].setting(value, at: path.dropFirst())
            return .list(list)
        default:
            return self
        }
    }

    fileprivate func removing(at path: ArraySlice<YAMLStep>) -> Value {
        guard let step = path.first else { return .null }
        let rest = path.dropFirst()
        switch (step, self) {
        case (.key(let key), .map(var map)):
            map[key] = rest.isEmpty ? nil : map[key]?.removing(at: rest)
            return .map(map)
        case (.index(let index), .list(var list)) where list.indices.contains(index):
            if rest.isEmpty { list.remove(at: index) } else { list[index] = list[index].removing(at: rest) }
            return .list(list)
        default:
            return self
        }
    }
}
