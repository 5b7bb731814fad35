import Basics
import Metafiles

extension Project {
    /// Whether writing or deleting a path stays in the project: neither its text nor a link on its way leads out.
    ///
    /// Nothing needs to be there.
    func isOwn(_ path: String) -> Bool {
        guard Output.isPlace(path, root: root) else { return false }
        var parent = Paths.parent(path)
        while parent != root {
            if let real = Files.canonical(parent) {
                // The root is a real path, since it was found from the current directory.
                return real == root || Output.isPlace(real, root: root)
            }
            if (try? Files.status(parent)) ?? nil != nil { return false }
            parent = Paths.parent(parent)
        }
        return true
    }

    /// Refuses a metafile that is a link to a file outside of the project; to be asked before it is written.
    func requireOwnMetafile(_ path: String) throws {
        let folder = Files.canonical(Paths.parent(try Files.resolvingLink(path)))
        if let folder, Paths.isSameOrInside(folder, root) { return }
        throw ProjectError.outsideProject(shown(path))
    }

    /// Refuses an output that lies outside of the project, or is reached through a link that leads out of it.
    func requireOwn(_ output: Output) throws {
        if !output.isInProject || !isOwn(output.path) { throw ProjectError.outsideProject(output.entry.path) }
    }
}
