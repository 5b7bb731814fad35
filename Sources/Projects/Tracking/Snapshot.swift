import Basics
import Git
import Parameters
import Tracking
import Values

/// A project at one time, in a commit or in the workspace: its stages, and its files with the recorded data among them.
struct Snapshot {
    let project: Project
    let index: StageIndex
    let data: RecordedData
    private let files: any FileSource
    private let ignoreRules: IgnoreRules

    init(_ project: Project, _ files: any FileSource) throws {
        self.init(project, files, try project.collect(from: files))
    }

    /// The project with stages that have been collected already.
    init(_ project: Project, _ files: any FileSource, _ index: StageIndex) {
        self.project = project
        self.files = files
        self.index = index
        data = RecordedData(index, of: project)
        ignoreRules = files.ignoreRules(of: project)
    }

    /// Whether a file, or recorded data, is at the path.
    func exists(_ path: String) -> Bool { ((try? kind(of: path)) ?? nil) != nil }

    /// The path, or the paths of the files below it where it is a directory; metafiles and ignored files do not count.
    func expand(_ path: String) -> [String] {
        guard let kind = try? kind(of: path), kind == .directory, let files = try? files(below: path) else {
            return [path]
        }
        return files
    }

    /// The value of a parameters or metrics file.
    func value(of path: String) throws(ReadFailure) -> Value {
        let name = project.shown(path)
        // DVC takes the path within the project for an absolute one before it makes it relative.
        let corrupt = Paths.relative("/" + project.relative(path), to: project.environment.workingDirectory)
        do {
            guard let bytes = try contents(of: path) else { throw ReadFailure.missing(project.relative(path)) }
            guard String(validating: bytes, as: UTF8.self) != nil else {
                throw ReadFailure.notText(name, path: corrupt)
            }
            return try ParameterFile.load(bytes: bytes, name: name)
        } catch let failure as ReadFailure {
            throw failure
        } catch let error as ParameterFileError {
            throw ReadFailure(error, path: corrupt)
        } catch {
            throw ReadFailure(type: "OSError", message: "\(error)", detail: "\(error)")
        }
    }

    /// The bytes of a file: of the one that is there, else of the data recorded for it.
    private func contents(of path: String) throws -> [UInt8]? {
        switch try files.kind(of: path) {
        case .directory: throw ReadFailure.directory(project.relative(path))
        case .other, nil: return try data.contents(of: path)
        case .regular, .symbolicLink: return try files.contents(of: path)
        }
    }

    private func kind(of path: String) throws -> FileStatus.Kind? {
        if let kind = try files.kind(of: path), !isIgnored(path, isDirectory: kind == .directory) { return kind }
        return try data.kind(of: path)
    }

    private func files(below root: String) throws -> [String] {
        var found = Set(try data.files(below: root))
        var pending = try files.kind(of: root) == .directory ? [root] : []
        while let directory = pending.popLast() {
            for entry in try files.entries(in: directory) where !isMetafile(entry.name) {
                let path = Paths.join(directory, entry.name)
                if isIgnored(path, isDirectory: entry.kind == .directory) { continue }
                if entry.kind == .directory { pending.append(path) } else { found.insert(path) }
            }
        }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func isMetafile(_ name: String) -> Bool { StageTarget.isMetafile(name) || name == ".dvcignore" }

    private func isIgnored(_ path: String, isDirectory: Bool) -> Bool {
        Paths.inside(path, of: project.root).map { ignoreRules.isIgnored($0, isDirectory: isDirectory) } ?? false
    }
}

extension Project {
    /// The path relative to the project.
    func relative(_ path: String) -> String { Paths.relative(path, to: root) }

    /// How what `gather` finds differs between two revisions; nothing does while there is no commit.
    func diff(
        of subject: RevisionDiff.Subject,
        _ old: String,
        _ new: String,
        all: Bool,
        gather: (Snapshot) throws -> TrackedFiles
    ) throws -> RevisionDiff {
        if try requiredGit().head()?.commit == nil { return RevisionDiff(of: subject, old: .init(), new: .init()) }
        let found = try trackedFiles(RevisionScope(revisions: [old, new]), gather: gather)
        return RevisionDiff(
            of: subject,
            old: found.first { $0.name == old }?.files ?? TrackedFiles(),
            new: found.first { $0.name == new }?.files ?? TrackedFiles(),
            oldName: old,
            newName: new,
            all: all
        )
    }

    /// What `gather` finds in each revision of a scope, or why a revision is unreadable.
    func trackedFiles(
        _ scope: RevisionScope,
        gather: (Snapshot) throws -> TrackedFiles
    ) throws -> [(name: String, files: TrackedFiles)] {
        try sources(scope).map { source in
            do {
                return (source.name, try gather(Snapshot(self, source.files)))
            } catch {
                return (source.name, TrackedFiles(failure: ReadFailure(revision: error)))
            }
        }
    }
}
