import Basics
import Configuration
import Git

extension Project {
    /// Makes a project in `directory` and tells whether Git is used.
    ///
    /// `isSubdirectory` allows a folder inside of a Git repository; `force` replaces a project that is there.
    @discardableResult
    package static func initialize(
        in directory: String,
        withoutGit: Bool,
        isSubdirectory: Bool,
        force: Bool,
        userConfiguration: String? = nil
    ) throws -> Bool {
        let folder = Paths.join(directory, ".dvc")
        let git = withoutGit ? nil : Repository(containing: directory, userConfiguration: userConfiguration)
        if !withoutGit, git == nil || (git?.root != directory && !isSubdirectory) { throw ProjectError.notInGit }
        if let git, try git.isIgnored(folder) { throw ProjectError.folderIgnored }
        if Files.isDirectory(folder) {
            if !force { throw ProjectError.alreadyInitialized(".dvc") }
            try Files.remove(folder)
        }
        try Files.makeDirectories(Paths.join(folder, "tmp"))
        try Files.writeAtomically([], to: Paths.join(folder, "tmp/btime"))
        var configuration = ConfigurationFile(path: Paths.join(folder, "config"))
        if withoutGit { try configuration.set("no_scm", in: SectionName("core"), to: .text("True")) }
        let bytes = withoutGit ? Array(configuration.text.utf8) : []
        try Files.writeAtomically(bytes, to: Paths.join(folder, "config"))
        let ignoreFile = Paths.join(directory, ".dvcignore")
        if !Files.exists(ignoreFile) { try Files.writeAtomically(Array(ignoreText.utf8), to: ignoreFile) }
        guard let git else { return false }
        let ignored = Paths.join(folder, ".gitignore")
        try Files.writeAtomically(Array("/config.local\n/tmp\n/cache\n".utf8), to: ignored)
        try git.add([Paths.join(folder, "config"), ignored, ignoreFile])
        return true
    }

    private static let ignoreText = """
        # Add patterns of files dvc should ignore, which could improve
        # the performance. Learn more at
        # https://dvc.org/doc/user-guide/dvcignore

        """
}
