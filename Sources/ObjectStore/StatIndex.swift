import Basics
import CSystemCalls
import Digests
import Glibc
import Synchronization

/// What earlier scans found, so that a file that has not changed need not be read again.
///
/// A private folder of flat files: one for each directory output, and one for all single files. Each is replaced in
/// one step, so processes may share the folder; the last one to write wins. A damaged file counts as absent.
package final class StatIndex: Sendable {
    /// The private folder; made when something is first written.
    package let folder: String
    private let single: Mutex<SingleFiles?>

    package init(folder: String) {
        self.folder = folder
        single = Mutex(nil)
    }

    /// The index of a directory output; nil when there is none of use.
    func directory(_ path: String, kind: HashKind) -> DirectoryIndex? {
        DirectoryIndex(file(path, kind), root: path)
    }

    /// The file that holds the index of an output.
    func file(_ path: String, _ kind: HashKind) -> String {
        let suffix = kind == .md5 ? "" : "-dos2unix"
        return folder + "/" + MD5.hash(path.utf8).hex + suffix + ".index"
    }

    /// The checksum of a single file that has not changed since it was recorded.
    func digest(ofFile path: String, kind: HashKind, _ record: FileRecord) -> MD5Digest? {
        single.withLock { single in
            if single == nil { single = SingleFiles(folder + "/files.index") }
            guard let old = single?.record(path, kind), record.isSameState(as: old) else { return nil }
            return old.digest
        }
    }

    /// Remembers the state and checksum of a single file until ``save()``.
    func record(file path: String, kind: HashKind, _ record: FileRecord) {
        single.withLock { single in
            if single == nil { single = SingleFiles(folder + "/files.index") }
            single?.set(path, kind, record)
        }
    }

    /// Forgets what is known of an output.
    package func forget(_ path: String) {
        for kind in [HashKind.md5, .md5DOS2Unix] { unlink(file(path, kind)) }
    }

    /// Writes what was learnt of single files; directories are written by the operations themselves.
    ///
    /// Call it at the end of a command. A failure only costs time later.
    package func save() {
        single.withLock { single in
            guard single?.hasChanges == true else { return }
            try? Files.makeDirectories(folder)
            single?.save()
        }
    }
}
