import Basics
import Projects

extension TemporaryProject {
    /// Makes Git know who makes tags.
    func identify() throws {
        try git("config", "user.name", "Ann")
        try git("config", "user.email", "ann@example.org")
    }

    /// A file under version control that is declared as a model, and committed.
    func commitModel(_ text: String, name: String = "digits", path: String = "model.bin") throws {
        try write(text, to: path)
        try add(path)
        let declared = try read("dvc.yaml") ?? "artifacts:\n"
        if !declared.contains("  \(name):\n") {
            try write(declared + "  \(name):\n    path: \(path)\n    type: model\n", to: "dvc.yaml")
        }
        try commit([:])
    }

    /// The registry of the repository, read anew.
    func models(_ url: String? = nil, in directory: String = "") throws -> ModelSource {
        try ModelSource(url, open(in: directory).environment)
    }
}
