import Basics
import Glibc

/// What tests do to files and the package has no need of.
enum FileSystem {
    static func link(_ path: String, to target: String) throws {
        if symlink(target, path) != 0 { throw FileError("link", path) }
    }

    static func setMode(_ path: String, _ mode: mode_t) throws {
        if chmod(path, mode) != 0 { throw FileError("protect", path) }
    }

    static func mode(_ path: String) throws -> mode_t? { try Files.status(path)?.permissions }
}
