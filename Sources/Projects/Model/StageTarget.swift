import Basics

/// What a caller typed to mean stages: `train`, `sub/dvc.yaml:train`, `data.dvc`, a group, or an output's path.
struct StageTarget {
    /// The metafile named; nil when the text may as well be a path.
    let file: String?
    /// The stage named, which is a pattern when read as one.
    let name: String?

    /// Splits the text as DVC does: a key after `@` may contain anything, a stage's name no `:`, `/` or `\`.
    init(_ text: String, isPattern: Bool = false) throws {
        if isPattern {
            let colon = text.lastIndex(of: ":")
            file = colon.map { String(text[..<$0]) }.flatMap { $0.isEmpty ? nil : $0 } ?? "dvc.yaml"
            let rest = colon.map { String(text[text.index(after: $0)...]) } ?? text
            name = rest.isEmpty ? nil : rest
            return
        }
        let at = text.firstIndex(of: "@")
        let group = text[..<(at ?? text.endIndex)]
        let key = at.map { String(text[text.index(after: $0)...]) } ?? ""
        var path = String(group)
        var name: String?
        if let colon = group.lastIndex(of: ":") {
            let tail = group[group.index(after: colon)...]
            if !tail.contains(where: { "\\/:".contains($0) }) {
                path = String(group[..<colon])
                name = String(tail)
            }
        }
        if let plain = name, !plain.isEmpty, !key.isEmpty { name = plain + "@" + key }
        if Paths.name(path) == "dvc.lock" { throw ProjectError.lockFileAsTarget(text) }
        if name ?? "" == "", !path.isEmpty {
            let isFile = Self.isMetafile(text)
            file = isFile ? text : nil
            self.name = isFile ? nil : text
            return
        }
        file = path.isEmpty ? "dvc.yaml" : path
        self.name = name
    }

    /// Whether the path has the name of a `.dvc` file or of a `dvc.yaml`.
    static func isMetafile(_ path: String) -> Bool {
        let name = Paths.name(path)
        return name == "dvc.yaml" || (name.hasSuffix(".dvc") && name != ".dvc")
    }
}
