import OrderedCollections
package import Values

/// Writes objects as YAML that every reader of YAML 1.1 and 1.2 reads alike.
package enum ManifestText {
    /// Gives the text of one object.
    package static func yaml(_ value: Value) -> String {
        var text = ""
        write(value, indent: 0, isInline: false, &text)
        return text
    }

    /// Gives the text of several objects, `---` between them.
    package static func yaml(_ manifests: [Manifest]) -> String {
        manifests.map { yaml($0.value) }.joined(separator: "---\n")
    }

    /// `isInline`: the text stands behind a dash, so that the first line needs no indent.
    private static func write(_ value: Value, indent: Int, isInline: Bool, _ text: inout String) {
        let space = String(repeating: " ", count: indent)
        switch value {
        case .map(let map) where !map.isEmpty:
            var isFirst = true
            for (key, value) in map {
                if !(isFirst && isInline) { text += space }
                isFirst = false
                text += scalar(.string(key.text)) + ":"
                writeMember(value, indent: indent, &text)
            }
        case .list(let items) where !items.isEmpty:
            for item in items {
                text += space + "-"
                if isScalar(item) {
                    text += " " + scalar(item) + "\n"
                } else {
                    text += " "
                    write(item, indent: indent + 2, isInline: true, &text)
                }
            }
        default: text += space + scalar(value) + "\n"
        }
    }

    private static func writeMember(_ value: Value, indent: Int, _ text: inout String) {
        if isScalar(value) {
            text += " " + scalar(value) + "\n"
            return
        }
        text += "\n"
        var step = 2
        if case .list = value { step = 0 }
        write(value, indent: indent + step, isInline: false, &text)
    }

    private static func isScalar(_ value: Value) -> Bool {
        switch value {
        case .map(let map): map.isEmpty
        case .list(let items): items.isEmpty
        default: true
        }
    }

    private static func scalar(_ value: Value) -> String {
        switch value {
        case .string(let text), .date(let text): isPlain(text) ? text : Value.string(text).json(ensureASCII: false)
        default: value.json()
        }
    }

    /// Whether no reader takes the text, written without quotes, for anything but itself.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) || first == UInt8(ascii: "/") else { return false }
        let isFit = text.utf8.allSatisfy { isLetter($0) || isPlainSign($0) }
        return isFit && text.utf8.last != UInt8(ascii: ":") && !words.contains(text.lowercased())
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isPlainSign(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "-")...UInt8(ascii: ":")).contains(byte) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "$")
    }

    private static let words: Set<String> = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
}

/// The rendered files of a target.
package enum ManifestFiles {
    /// The first line of each file, by which later runs know their own.
    package static let heading = "# Rendered by apus from apus.yaml; changes here are overwritten.\n"

    /// The names that files of objects may have.
    package static let known = Manifest.allFileNames

    /// Names and texts, `kustomization.yaml` last.
    package static func files(_ manifests: [Manifest]) -> [(name: String, text: String)] {
        var files: [(name: String, text: String)] = []
        for manifest in manifests {
            files.append((manifest.fileName, heading + ManifestText.yaml(manifest.value)))
        }
        let list = Value.object([
            "apiVersion": .string("kustomize.config.k8s.io/v1beta1"), "kind": .string("Kustomization"),
            "resources": .list(files.map { .string($0.name) }),
        ])
        return files + [("kustomization.yaml", heading + ManifestText.yaml(list))]
    }
}
