import Basics
import Metafiles

extension Project {
    /// Whether writing or deleting a path stays in the project: neither its text nor a link on its way leads out.
    ///
    /// Nothing needs to be there.
    func isOwn(_ path: String) -> Bool {
        guard Paths.inside(path, of: root) != nil, !Paths.isSameOrInside(path, folder) else { return false }
        var parent = Paths.parent(path)
        while parent != root {
            if let real = Files.canonical(parent) {
                // The root is a real path, since it was found from the current directory.
                return Paths.isSameOrInside(real, root) && !Paths.isSameOrInside(real, folder)
            }
            if (try? Files.status(parent)) ?? nil != nil { return false }
            parent = Paths.parent(parent)
        }
        return true
    }

    /// Refuses an output that lies outside of the project, or is reached through a link that leads out of it.
    func requireOwn(_ output: Output) throws {
        if !output.isInProject || !isOwn(output.path) { throw ProjectError.outsideProject(output.entry.path) }
    }
}
