import Basics
import CSystemCalls
import Glibc
import Synchronization

/// A new file of the workspace that gets its name only when it is complete.
///
/// Where the file system can, it has no name at all before, so that nothing is left of it when the process dies.
final class WorkspaceFile {
    private let target: Linker.Target
    let descriptor: Int32
    private var temporary: String?
    private let usesUnnamed: Bool

    /// Makes the file with the permissions of any new file. `flag` says whether unnamed files work here so far.
    init(_ target: Linker.Target, usesUnnamed flag: borrowing Atomic<Bool>) throws {
        self.target = target
        if flag.load(ordering: .relaxed), let descriptor = Self.openUnnamed(target) {
            self.descriptor = descriptor
            usesUnnamed = true
            return
        }
        flag.store(false, ordering: .relaxed)
        usesUnnamed = false
        let name = Linker.temporaryName(beside: target.name)
        let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC
        var descriptor = apus_openat(target.directory, name, flags, 0o666)
        if descriptor < 0, errno == EEXIST, unlinkat(target.directory, name, 0) == 0 {
            // A process that died left it.
            descriptor = apus_openat(target.directory, name, flags, 0o666)
        }
        self.descriptor = descriptor
        if descriptor < 0 { throw FileError("create", target.path) }
        temporary = name
    }

    deinit {
        _ = close(descriptor)
        if let temporary { unlinkat(target.directory, temporary, 0) }
    }

    private static func openUnnamed(_ target: Linker.Target) -> Int32? {
        let flag = apus_o_tmpfile()
        if flag == 0 || !canName { return nil }
        let parent = Paths.parent(String(cString: target.name))
        let descriptor = apus_openat(
            target.directory,
            parent.isEmpty ? "." : parent,
            flag | O_RDWR | O_CLOEXEC,
            0o666
        )
        return descriptor >= 0 ? descriptor : nil
    }

    /// Whether an open file can be found by its number, which it needs to get a name.
    static let canName = Files.isDirectory("/proc/self/fd")

    /// Adds the owner's execute bit.
    func makeExecutable() throws {
        var status = stat()
        if fstat(descriptor, &status) != 0 || fchmod(descriptor, status.st_mode & 0o7777 | S_IXUSR) != 0 {
            throw FileError("make executable", target.path)
        }
    }

    /// Sets the modification time just before now, so that every later write shows.
    func settle() throws {
        let time = apus_file_clock() - 1_000_000
        _ = apus_set_modified(descriptor, time / 1_000_000_000, time % 1_000_000_000)
    }

    /// Gives the file its name; nil when something is there and is not to be replaced.
    func commit(replacing: Bool) throws -> FileRecord? {
        if usesUnnamed {
            if try !commitUnnamed(replacing: replacing) { return nil }
        } else if let name = temporary {
            if try !rename(name, replacing: replacing) { return nil }
            temporary = nil
        }
        var status = stat()
        if fstat(descriptor, &status) != 0 { throw FileError("examine", target.path) }
        var record = FileRecord()
        record.update(status)
        record.flags.insert(.isSettled)
        return record
    }

    private func commitUnnamed(replacing: Bool) throws -> Bool {
        if apus_link_descriptor(descriptor, target.directory, target.name) == 0 { return true }
        if errno != EEXIST { throw FileError("create", target.path) }
        if !replacing { return false }
        let name = Linker.temporaryName(beside: target.name)
        if apus_link_descriptor(descriptor, target.directory, name) != 0 {
            // A process that died may have left one.
            let isLeft = errno == EEXIST && unlinkat(target.directory, name, 0) == 0
            if !isLeft || apus_link_descriptor(descriptor, target.directory, name) != 0 {
                throw FileError("create", target.path)
            }
        }
        temporary = name
        let renamed = try rename(name, replacing: true)
        temporary = nil
        return renamed
    }

    private func rename(_ name: String, replacing: Bool) throws -> Bool {
        if apus_rename(target.directory, name, target.directory, target.name, replacing ? 1 : 0) == 0 { return true }
        if errno == EEXIST, !replacing { return false }
        throw FileError("replace", target.path)
    }
}
