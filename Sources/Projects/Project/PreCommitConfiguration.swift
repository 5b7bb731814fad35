import Basics
import Git
import OrderedCollections
import Values
import YAML

/// The file `.pre-commit-config.yaml`, by which the pre-commit tool knows its hooks.
struct PreCommitConfiguration {
    private let path: String

    init(in repository: Repository) {
        path = Paths.join(repository.root, ".pre-commit-config.yaml")
    }

    /// Adds the hooks, unless they are there; all else in the file stays as it is.
    func addHooks(calling program: HookProgram) throws {
        let bytes = try Files.readIfPresent(path) ?? []
        let document: YAMLDocument
        do {
            document = try YAMLDocument(parsing: bytes)
        } catch {
            throw ProjectError.unreadable(path, "line \(error.line): \(error.message)")
        }
        let entry = Self.entry(program)
        let repositories = document.value["repos"]?.list ?? []
        if repositories.contains(entry) { return }
        if document.root == nil {
            try Files.writeAtomically(YAMLEmitter.emit(.map(["repos": .list([entry])])), to: path)
            return
        }
        var editor = YAMLEditor(document)
        editor.append(entry, toSequenceAt: [.key("repos")])
        try Files.writeAtomically(editor.text, to: path)
    }

    private static func entry(_ program: HookProgram) -> Value {
        let isDVC = program == .dvc
        let hooks = ["pre-commit", "pre-push", "post-checkout"].map { name -> Value in
            var hook: Value.Map = ["id": .string("\(program.rawValue)-\(name)")]
            if isDVC {
                hook["additional_dependencies"] = .list([.string(".[all]")])
                hook["language_version"] = .string("python3")
            } else {
                hook["name"] = .string("apus \(name)")
                hook["entry"] = .string("apus git-hook \(name)")
                hook["language"] = .string("system")
                hook["pass_filenames"] = .bool(false)
                if name != "post-checkout" { hook["always_run"] = .bool(true) }
            }
            hook["stages"] = .list([.string(name)])
            if name == "post-checkout" { hook["always_run"] = .bool(true) }
            return .map(hook)
        }
        if !isDVC { return .map(["repo": .string("local"), "hooks": .list(hooks)]) }
        return .map([
            "repo": .string("https://github.com/treeverse/dvc"), "rev": .string(HookProgram.formatVersion),
            "hooks": .list(hooks),
        ])
    }
}

/// The name under which hooks call the program.
package enum HookProgram: String, Sendable {
    case apus
    /// The name when this program stands in for DVC; then everything installed is what DVC would install.
    case dvc

    /// The version of DVC whose behaviour this program has.
    package static let formatVersion = "3.67.1"
}
