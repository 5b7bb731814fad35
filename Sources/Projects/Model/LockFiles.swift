import Basics
package import Metafiles
import OrderedCollections
import Synchronization

/// The `dvc.lock` files of a project as this process last saw them; the one place that writes them.
///
/// Call it while the project's lock is held. A file that another process changed is read again first.
package final class LockFiles: Sendable {
    /// What writing an entry did to the file.
    package enum Outcome: Sendable {
        case unchanged
        case updated
        /// The file is new.
        case generated
    }

    private struct Known {
        var file: LockFile
        var status: FileStatus?
        /// The places in the plan of stages that this process added.
        var added: [String: Int] = [:]
    }

    private let known = Mutex<[String: Known]>([:])

    /// The content of the file at an absolute path; `name` is the file in messages.
    package func file(at path: String, name: String) throws -> LockFile {
        let status = try Files.status(path, followLinks: true)
        if let known = known.withLock({ $0[path] }), known.status == status { return known.file }
        let file: LockFile
        if status != nil {
            do {
                file = try LockFile(parsing: try Files.read(path), name: name)
            } catch let list as DiagnosticList {
                throw ProjectError.invalidMetafile(list)
            }
        } else {
            file = LockFile()
        }
        known.withLock { $0[path] = Known(file: file, status: status, added: $0[path]?.added ?? [:]) }
        return file
    }

    /// Makes `entry` the file's entry for the stage; nil removes it, and the file with its last stage.
    ///
    /// New stages follow the old ones, those with a `place` in the order of their places, whichever is done first.
    package func set(
        _ entry: LockEntry?,
        of stage: String,
        at path: String,
        name: String,
        place: Int? = nil
    ) throws -> Outcome {
        var file = try file(at: path, name: name)
        let isNew = !Files.exists(path)
        if file[stage] == entry { return .unchanged }
        var added = known.withLock { $0[path]?.added ?? [:] }
        if let place, file[stage] == nil {
            let later = file.stages.keys.first { added[$0].map { $0 > place } ?? false }
            added[stage] = place
            file.insert(entry, of: stage, before: later)
        } else {
            file[stage] = entry
        }
        if file.stages.isEmpty {
            try Files.remove(path)
        } else {
            try Files.writeAtomically(file.encoded(), to: path)
        }
        let status = try Files.status(path, followLinks: true)
        known.withLock { [file, added] in $0[path] = Known(file: file, status: status, added: added) }
        return isNew ? .generated : .updated
    }
}
