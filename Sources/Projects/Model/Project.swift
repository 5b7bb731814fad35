import Basics
package import Configuration
package import Git
package import ObjectStore
import Synchronization

/// An opened DVC project: its folder, its settings, its caches, and the Git repository around it.
package final class Project: Sendable {
    /// Where the caller is and what it may not find out for itself.
    package struct Environment: Sendable {
        package let workingDirectory: String
        /// The system's and the user's configuration files.
        package let outerConfiguration: [Configuration.Level: String]
        /// The folder that `~` stands for in configuration files.
        package let home: String?
        /// The folder of the user's settings of all programs, such as `~/.config`.
        package let userConfiguration: String?
        /// Git's settings outside of repositories; nil when only Git knows them.
        package let gitConfiguration: Repository.OuterConfiguration?
        /// Called when another process holds the project's lock.
        package let onWait: @Sendable (String) -> Void

        package init(
            workingDirectory: String,
            outerConfiguration: [Configuration.Level: String],
            home: String?,
            userConfiguration: String? = nil,
            gitConfiguration: Repository.OuterConfiguration? = nil,
            onWait: @escaping @Sendable (String) -> Void
        ) {
            self.workingDirectory = workingDirectory
            self.outerConfiguration = outerConfiguration
            self.home = home
            self.userConfiguration = userConfiguration
            self.gitConfiguration = gitConfiguration
            self.onWait = onWait
        }

        /// The Git repository around a path; nil when there is none.
        package func repository(containing path: String) -> Repository? {
            Repository(
                containing: path,
                userConfiguration: userConfiguration,
                outerConfiguration: gitConfiguration
            )
        }

        /// The same caller in another directory.
        package func moved(to directory: String) -> Environment {
            Environment(
                workingDirectory: Files.canonical(directory) ?? directory,
                outerConfiguration: outerConfiguration,
                home: home,
                userConfiguration: userConfiguration,
                gitConfiguration: gitConfiguration,
                onWait: onWait
            )
        }
    }

    package let root: String
    package let environment: Environment
    package let configuration: Configuration
    /// Nil in a project without Git.
    package let git: Repository?
    package let ignoreRules: IgnoreRules
    /// The cache of DVC 3 objects.
    package let store: ObjectStore
    /// The cache of DVC 2 objects.
    package let legacyStore: ObjectStore
    package let index: StatIndex
    package let lock: ProjectLock
    package let linkTypes: [LinkType]
    package let locks = LockFiles()
    /// What earlier commands put into the workspace.
    package let links: OutputLinks

    /// Opens the project that holds the working directory.
    ///
    /// Where there is none and `orFolder` is true, the Git repository around it, or else it itself, counts as one that
    /// has no settings and no data.
    package init(_ environment: Environment, orFolder: Bool = false) throws {
        let root: String
        do {
            root = try Self.root(above: environment.workingDirectory)
        } catch {
            if !orFolder { throw error }
            root = Repository(containing: environment.workingDirectory)?.root ?? environment.workingDirectory
        }
        let folder = Paths.join(root, ".dvc")
        let configuration = try Configuration(reading: Self.paths(folder, environment), home: environment.home)
        try configuration.validate()
        self.root = root
        self.environment = environment
        self.configuration = configuration
        let usesGit = !configuration.bool("core", "no_scm")
        git = usesGit ? environment.repository(containing: root) : nil
        ignoreRules = .dvc(root: root)
        let cache = configuration.string("cache", "dir") ?? Paths.join(folder, "cache")
        let isShared = configuration.string("cache", "shared") == "group"
        store = ObjectStore(root: cache, kind: .md5, isShared: isShared)
        legacyStore = ObjectStore(root: cache, kind: .md5DOS2Unix, isShared: isShared)
        let temporary = Paths.join(folder, "tmp")
        index = StatIndex(folder: Paths.join(temporary, "apus"))
        links = OutputLinks(file: Paths.join(temporary, "apus/links"))
        lock = ProjectLock(folder: temporary, onWait: environment.onWait)
        let types = configuration.list("cache", "type")?.compactMap(LinkType.init) ?? []
        linkTypes = types.isEmpty ? LinkType.standard : types
    }

    package var folder: String { Paths.join(root, ".dvc") }

    /// The nearest directory, from `path` upwards, that has a `.dvc` directory.
    package static func root(above path: String) throws -> String {
        var current = path
        while true {
            if Files.isDirectory(Paths.join(current, ".dvc")) { return current }
            if current == "/" || current.isEmpty { throw ProjectError.notAProject(mountPoint: "/") }
            current = Paths.parent(current)
        }
    }

    /// The settings that hold where the caller is, unchecked, and the project's root when there is a project.
    package static func configuration(
        _ environment: Environment
    ) throws -> (configuration: Configuration, root: String?) {
        guard let root = try? root(above: environment.workingDirectory) else {
            return (try Configuration(reading: environment.outerConfiguration, home: environment.home), nil)
        }
        let paths = paths(Paths.join(root, ".dvc"), environment)
        return (try Configuration(reading: paths, home: environment.home), root)
    }

    private static func paths(_ folder: String, _ environment: Environment) -> [Configuration.Level: String] {
        var paths = environment.outerConfiguration
        paths[.project] = Paths.join(folder, "config")
        paths[.local] = Paths.join(folder, "config.local")
        return paths
    }

    /// The path as the caller would type it.
    package func shown(_ path: String) -> String { Paths.relative(path, to: environment.workingDirectory) }

    /// `path`, which may be relative to `directory`, as an absolute one.
    package static func path(_ path: String, from directory: String) -> String { Paths.absolute(path, from: directory) }

    /// The caller's `path` as an absolute one.
    package func absolute(_ path: String) -> String { Paths.absolute(path, from: environment.workingDirectory) }

    /// The store and link types for an output.
    package func workspace(for output: Output) -> Workspace { workspace(at: output.path, isLegacy: output.isLegacy) }

    /// The store and link types for data at a path.
    package func workspace(at path: String, isLegacy: Bool = false) -> Workspace {
        Workspace(
            store: isLegacy ? legacyStore : store,
            index: index,
            filter: OutputFilter(rules: ignoreRules, root: root, output: path),
            linkTypes: linkTypes
        )
    }

    /// The cache that holds an output's objects.
    package func store(for output: Output) -> ObjectStore { output.isLegacy ? legacyStore : store }

    /// Runs `body` while no other process works on the project, and keeps what was learned of files.
    package func locked<Result>(_ body: () throws -> Result) throws -> Result {
        try lock.acquire()
        defer {
            index.save()
            links.save()
            lock.release()
        }
        return try body()
    }
}

/// The project's `.dvcignore` rules seen from one output.
///
/// Whether they say anything there is found out when it is asked for: of a single file nobody asks.
final class OutputFilter: PathFilter {
    private enum Answer: UInt8 {
        case unknown
        case empty
        case some
    }

    private let rules: IgnoreRules
    private let prefix: String
    private let answer = Atomic<UInt8>(Answer.unknown.rawValue)

    init(rules: IgnoreRules, root: String, output: String) {
        self.rules = rules
        prefix = Paths.inside(output, of: root) ?? ""
    }

    var isEmpty: Bool {
        let known = answer.load(ordering: .relaxed)
        if known != Answer.unknown.rawValue { return known == Answer.empty.rawValue }
        let isEmpty = !rules.mayMatch(below: prefix)
        answer.store((isEmpty ? Answer.empty : .some).rawValue, ordering: .relaxed)
        return isEmpty
    }

    func isIgnored(_ relativePath: String, isDirectory: Bool) -> Bool {
        rules.isIgnored(Paths.join(prefix, relativePath), isDirectory: isDirectory)
    }
}
