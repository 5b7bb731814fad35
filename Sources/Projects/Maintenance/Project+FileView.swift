import Basics
import Configuration
import Digests
import Git
import Metafiles
import ObjectStore
import Synchronization

extension Project {
    /// Where files are listed.
    package enum Place: Sendable {
        /// The project around a folder, or else the Git repository around it, now or at a revision.
        case repository(String, revision: String?)
        /// A file, or a folder as it is.
        case folder(String)
    }

    /// The files of a place.
    static func view(of place: Place, _ environment: Environment) throws -> FileView {
        func find(_ folder: String) throws -> String {
            let path = Paths.absolute(folder, from: environment.workingDirectory)
            guard let found = Files.canonical(path) else { throw ListingError.missing(folder) }
            return found
        }
        switch place {
        case .folder(let folder):
            return FileView(root: try find(folder), base: .workspace)
        case .repository(let folder, let revision):
            let found = try find(folder)
            if (try? root(above: found)) != nil {
                return try Project(environment.moved(to: found)).view(revision: revision)
            }
            guard let git = Repository(containing: found) else { throw ListingError.noRepository(folder) }
            return FileView(root: git.root, base: .revision(try git.tree(of: revision ?? "HEAD")))
        }
    }

    private func view(revision: String?) throws -> FileView {
        var base = FileView.Base.workspace
        var source: any FileSource = WorkspaceFiles()
        if let revision {
            guard let git else { throw ProjectError.requiresGit }
            base = .revision(try git.tree(of: revision))
            source = try RevisionFiles(revision, of: git)
        }
        let manifests = Manifests(project: self)
        return FileView(
            root: root,
            base: base,
            baseRoot: git?.root ?? root,
            rules: ignoreRules,
            outputs: try collect(from: source).stages.flatMap(\.outputs)
        ) { manifests.tree(of: $0) }
    }
}

/// What keeps files from being listed.
package enum ListingError: HintedError, Hashable, Sendable, CustomStringConvertible {
    case missing(String)
    case noRepository(String)

    package var description: String {
        switch self {
        case .missing(let path): "'\(path)' does not exist"
        case .noRepository(let path): "'\(path)' is in no project and no Git repository"
        }
    }

    package var hint: String? {
        switch self {
        case .missing: "paths start at the current folder"
        case .noRepository: "'apus list-url' lists any folder"
        }
    }
}

/// The manifests of directory outputs, each read once: from the cache, else from the remote without keeping it.
private final class Manifests: Sendable {
    private let project: Project
    private let known = Mutex<[String: Tree?]>([:])

    init(project: Project) {
        self.project = project
    }

    func tree(of output: Output) -> Tree? {
        if let tree = known.withLock({ $0[output.path] }) { return tree }
        let tree = read(output)
        known.withLock { $0[output.path] = tree }
        return tree
    }

    private func read(_ output: Output) -> Tree? {
        guard let id = output.object, id.isTree else { return nil }
        if let tree = try? project.store(for: output).tree(id) { return tree }
        if output.entry.remote ?? project.configuration.defaultRemoteName == nil { return nil }
        guard let remote = try? project.openRemote(output.entry.remote, kind: output.isLegacy ? .md5DOS2Unix : .md5)
        else { return nil }
        var bytes: [UInt8] = []
        do {
            try remote.download(id) { bytes.append(contentsOf: $0) }
        } catch {
            return nil
        }
        return MD5.hash(bytes) == id.digest ? try? Tree(manifest: bytes, id: id) : nil
    }
}
