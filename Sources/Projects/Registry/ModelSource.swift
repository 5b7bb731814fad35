import Basics
package import Git
import Registry

/// A repository whose models are asked for: the caller's own, another of this machine, or a copy of a remote one.
package final class ModelSource {
    package let git: Repository?
    /// The project at the top, or the caller's own.
    package let project: Project
    /// As the caller named it; nil for the own project.
    package let url: String?
    let environment: Project.Environment
    /// The folder of a copy, which goes with this value.
    private let copy: String?

    /// Opens a repository; the project around the caller without a `url`, which may be a folder, too.
    package init(_ url: String?, _ environment: Project.Environment) throws {
        self.url = url
        self.environment = environment
        guard let url else {
            project = try Project(environment)
            git = project.git
            copy = nil
            return
        }
        let path = Paths.absolute(url, from: environment.workingDirectory)
        let isFolder = !url.contains("://") && Files.isDirectory(path)
        if isFolder, let found = Files.canonical(path), let repository = environment.repository(containing: found) {
            project = try Project(environment.moved(to: found), orFolder: true)
            git = repository
            copy = nil
            return
        }
        let copy = try Files.makeTemporaryFolder("apus-models-")
        do {
            let folder = Paths.join(copy, "repository")
            try Repository.clone(isFolder ? path : url, to: folder)
            guard let repository = environment.repository(containing: folder) else {
                throw ListingError.noRepository(url)
            }
            if repository.head()?.commit != nil { try Self.writeSettings(of: "", at: "HEAD", in: repository) }
            project = try Project(environment.moved(to: folder), orFolder: true)
            git = repository
            self.copy = copy
        } catch {
            try? Files.remove(copy)
            throw error
        }
    }

    deinit {
        if let copy { try? Files.remove(copy) }
    }

    /// The repository; fails for a project without one.
    package func requireGit() throws -> Repository {
        guard let git else { throw ProjectError.requiresGit }
        return git
    }

    /// What is there now: the files of the workspace, or those of the last commit where there is none.
    func currentFiles() throws -> any FileSource {
        guard copy != nil, let git else { return WorkspaceFiles() }
        return try RevisionFiles("HEAD", of: git)
    }

    /// The project that a model is in: that of its folder, which may be one inside of the topmost.
    func project(for model: ModelName, at commit: String?) throws -> Project {
        guard let git, let folder = model.folder else { return project }
        if copy != nil, let commit { try Self.writeSettings(of: folder, at: commit, in: git) }
        let path = Paths.absolute(folder, from: git.root)
        guard Paths.inside(path, of: git.root) != nil, let found = Files.canonical(path),
            Paths.inside(found, of: git.root) != nil
        else { return project }
        return try Project(environment.moved(to: found), orFolder: true)
    }

    /// Writes the settings of a project inside of a copy, which has no files otherwise.
    private static func writeSettings(of folder: String, at revision: String, in git: Repository) throws {
        let path = folder.isEmpty ? ".dvc/config" : Paths.normalize(Paths.join(folder, ".dvc/config"))
        if path.hasPrefix("../") || path.hasPrefix("/") { return }
        guard let bytes = try git.tree(of: revision).contents(of: path) else { return }
        let target = Paths.join(git.root, path)
        try Files.makeDirectories(Paths.parent(target))
        try Files.writeAtomically(bytes, to: target)
    }
}
