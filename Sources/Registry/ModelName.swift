/// The name of a model: that of an artifact in `dvc.yaml`, and the folder of that file when it is not the topmost.
///
/// Written `folder:name`, and `folder=name` in tags.
package struct ModelName: Hashable, Sendable, CustomStringConvertible {
    /// Relative to the top of the Git repository; nil for the top itself.
    package let folder: String?
    /// The artifact.
    package let name: String

    /// A name that GTO would take; nil for another. As in DVC the folder may be the file itself, `folder/dvc.yaml:name`.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else {
            self.init(folder: nil, name: text)
            return
        }
        var folder = String(text[..<colon])
        if folder == "dvc.yaml" { folder = "." }
        if folder.hasSuffix("/dvc.yaml") { folder.removeLast("/dvc.yaml".count) }
        self.init(folder: folder, name: String(text[text.index(after: colon)...]))
    }

    /// The name of an artifact of the `dvc.yaml` in a folder; nil when GTO has no way to write it.
    package init?(folder: String?, name: String) {
        guard NameCharacters.isName(name), folder.map(NameCharacters.isFolder) ?? true else { return nil }
        self.folder = folder == "." ? nil : folder
        self.name = name
    }

    /// Reads the spelling of tags.
    init?(inTag text: Substring) {
        guard let separator = text.firstIndex(of: "=") else {
            guard NameCharacters.isName(text) else { return nil }
            folder = nil
            name = String(text)
            return
        }
        let (head, tail) = (text[..<separator], text[text.index(after: separator)...])
        guard NameCharacters.isFolder(head), NameCharacters.isName(tail) else { return nil }
        folder = String(head)
        name = String(tail)
    }

    package var description: String { folder.map { "\($0):\(name)" } ?? name }

    /// The name as it stands in tags.
    package var tagText: String { folder.map { "\($0)=\(name)" } ?? name }
}
