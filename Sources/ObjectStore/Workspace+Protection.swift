import Basics
import CSystemCalls
import Glibc
import Synchronization

extension Workspace {
    /// Makes every file of the output an own, writable file; what is linked to the cache gets a copy of its content.
    ///
    /// Throws ``StoreError/missing(_:)`` when there is nothing at the path.
    package func unprotect(_ path: String) throws {
        guard let scan = try scan(path) else { throw StoreError.missing(path) }
        let files = scan.directories.enumerated().flatMap { number, directory in
            (0..<directory.files.count).map { FilePosition(directory: number, index: $0) }
        }
        let next = Atomic<Int>(0)
        let hasUnnamedFiles = HasUnnamedFiles()
        let batch = 64
        try Crew.run(threads: max(1, min(threads, files.count / batch))) { _ in
            while true {
                let start = next.wrappingAdd(batch, ordering: .relaxed).oldValue
                if start >= files.count { return }
                for file in files[start..<min(start + batch, files.count)] {
                    try Self.unprotect(file, scan, hasUnnamedFiles)
                }
            }
        }
    }

    private final class HasUnnamedFiles: Sendable {
        let value = Atomic(true)
    }

    private static func unprotect(_ file: FilePosition, _ scan: Scan, _ flag: HasUnnamedFiles) throws {
        let directory = scan.directories[file.directory]
        let record = directory.files[file.index]
        try directory.withRelativePath(file.index) { name in
            if record.flags.contains(.isLink) || record.flags.contains(.hasOtherNames) {
                let source = apus_openat(scan.descriptor, name, O_RDONLY | O_CLOEXEC, 0)
                if source < 0 { throw FileError("open", scan.path(file)) }
                defer { _ = close(source) }
                let target = Linker.Target(directory: scan.descriptor, name: name, base: scan.base, relative: name)
                let copy = try WorkspaceFile(target, usesUnnamed: flag.value)
                if apus_clone(source, copy.descriptor) != 0 {
                    try FileContent.copy(source, to: copy.descriptor, path: scan.path(file))
                }
                if record.flags.contains(.isExecutable) { try copy.makeExecutable() }
                _ = try copy.commit(replacing: true)
            } else if record.flags.contains(.isProtected) {
                if fchmodat(scan.descriptor, name, 0o644, 0) != 0 { throw FileError("unprotect", scan.path(file)) }
            }
        }
    }

    /// Whether the file is a link to, or another name of, an object; false when it does not exist.
    package func isProtectedLink(_ path: String) throws -> Bool {
        guard let status = try Files.status(path) else { return false }
        if status.kind == .symbolicLink {
            return Paths.isSameOrInside(try Files.linkTarget(path), store.folder)
        }
        return status.kind == .regular && status.linkCount > 1 && status.permissions & 0o222 == 0
    }
}
