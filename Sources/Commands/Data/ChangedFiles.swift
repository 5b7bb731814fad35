import Configuration
import Git
import Projects

/// Files that a command wrote and Git should know of: staged where `core.autostage` is set, else named to the user.
struct ChangedFiles {
    let files: Set<String>

    func settle(_ project: Project, _ options: GlobalOptions) throws {
        guard let git = project.git, !files.isEmpty else { return }
        let sorted = files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        if project.configuration.bool("core", "autostage") {
            return try git.add(sorted.map(project.absolute))
        }
        options.say(
            "\nTo track the changes with git, run:\n\n\tgit add \(sorted.map(Self.quoted).joined(separator: " "))\n"
        )
        options.say("\nTo enable auto staging, run:\n\n\tdvc config core.autostage true\n")
    }

    /// As a shell reads it back.
    private static func quoted(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { byte in
            byte >= 0x80
                ? false
                : Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber
                    || "@%+=:,./-_".utf8.contains(byte)
        }
        return isPlain ? path : "'" + path.replacing("'", with: "'\"'\"'") + "'"
    }
}
