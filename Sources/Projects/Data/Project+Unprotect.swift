import Basics
import ObjectStore

extension Project {
    /// Makes files of the project writable and independent of the cache.
    package func unprotect(_ targets: [String]) throws {
        for target in targets {
            let path = absolute(target)
            if !isOwn(path) { throw ProjectError.outsideProject(target) }
            try workspace(at: path).unprotect(path)
        }
    }
}
