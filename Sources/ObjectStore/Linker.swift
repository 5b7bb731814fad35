import Basics
import CSystemCalls
import Digests
import Glibc
import Synchronization

/// Makes workspace files from objects, by the best link type that works.
final class Linker: Sendable {
    private let store: ObjectStore
    private let types: Mutex<[LinkType]>
    private let hasUnnamedFiles = Atomic(true)

    init(_ store: ObjectStore, types: [LinkType]) {
        self.store = store
        self.types = Mutex(types)
    }

    /// Where a file is to be made: a name in, or a path from, an open directory.
    struct Target {
        let directory: Int32
        let name: UnsafePointer<CChar>
        /// The absolute path of what `relative` starts from.
        private let base: String
        private let relative: UnsafePointer<CChar>

        /// `relative` leads from the absolute path `base` to the file.
        init(
            directory: Int32,
            name: UnsafePointer<CChar>,
            base: String,
            relative: UnsafePointer<CChar>
        ) {
            self.directory = directory
            self.name = name
            self.base = base
            self.relative = relative
        }

        /// The absolute path, for errors.
        var path: String { Paths.join(base, String(cString: relative)) }
    }

    enum Outcome {
        /// The state of the new file.
        case done(FileRecord)
        /// The store lacks the object, or had one with the wrong bytes.
        case missing
        /// Something is at the target that was not to be replaced.
        case exists
        /// No link type works.
        case noType
    }

    /// The best type left.
    var type: LinkType? { types.withLock { $0.first } }

    func drop(_ type: LinkType) { types.withLock { $0.removeAll { $0 == type } } }

    /// Whether a file of the object's content is of the kind that the best link type makes.
    ///
    /// `inode` is that of the object, where it is known.
    func isLinked(_ record: FileRecord, _ id: ObjectID, inode: UInt64? = nil, path: () -> String) -> Bool {
        switch type {
        case nil: true
        case .copy, .reflink: !record.flags.contains(.isLink) && !record.flags.contains(.hasOtherNames)
        case .hardlink where id.isEmptyFile: !record.flags.contains(.isLink) && !record.flags.contains(.hasOtherNames)
        case .hardlink: !record.flags.contains(.isLink) && (inode ?? store.inode(of: id)) == record.inode
        case .symlink: record.flags.contains(.isLink) && (try? Files.linkTarget(path())) == store.path(of: id)
        }
    }

    /// Makes one file. A file with an execute bit is never another name of an object, whose mode it would change.
    func link(_ id: ObjectID, _ target: Target, replacing: Bool, isExecutable: Bool) throws -> Outcome {
        if isExecutable { return try copy(id, target, replacing: replacing, isExecutable: true, clones: true) }
        while let type {
            let result: Outcome?
            switch type {
            case .copy: result = try copy(id, target, replacing: replacing, isExecutable: false, clones: false)
            case .reflink: result = try clone(id, target, replacing: replacing)
            case .hardlink where id.isEmptyFile:
                // As in DVC: one object could not have as many names as there are empty files.
                result = try copy(id, target, replacing: replacing, isExecutable: false, clones: false)
            case .hardlink, .symlink:
                if try !store.containsVerified(id) { return .missing }
                result =
                    type == .hardlink
                    ? try hardlink(id, target, replacing: replacing)
                    : try symlink(id, target, replacing: replacing)
            }
            if let result { return result }
            drop(type)
        }
        return .noType
    }

    // MARK: Links

    private func hardlink(_ id: ObjectID, _ target: Target, replacing: Bool) throws -> Outcome? {
        guard let folder = store.descriptor() else { return .missing }
        return try name(target, replacing: replacing, examine: true) { name in
            id.withRelativePath { linkat(folder, $0, target.directory, name, 0) }
        }
    }

    private func symlink(_ id: ObjectID, _ target: Target, replacing: Bool) throws -> Outcome? {
        try name(target, replacing: replacing, examine: true) { name in
            symlinkat(store.path(of: id), target.directory, name)
        }
    }

    /// Gives a link its name, over another file by way of a temporary name; nil when the type does not work here.
    private func name(
        _ target: Target,
        replacing: Bool,
        examine: Bool,
        _ make: (UnsafePointer<CChar>) -> Int32
    ) throws -> Outcome? {
        if make(target.name) == 0 { return .done(try record(target)) }
        switch errno {
        case EEXIST where replacing: break
        case EEXIST: return .exists
        case EXDEV, EPERM, EMLINK, EOPNOTSUPP, EACCES: return nil
        default: throw FileError("link", target.path)
        }
        let temporary = Self.temporaryName(beside: target.name)
        var isMade = make(temporary) == 0
        if !isMade, errno == EEXIST, unlinkat(target.directory, temporary, 0) == 0 {
            // A process that died left it.
            isMade = make(temporary) == 0
        }
        if !isMade {
            if [EXDEV, EPERM, EMLINK, EOPNOTSUPP, EACCES].contains(errno) { return nil }
            throw FileError("link", target.path)
        }
        let renamed = renameat(target.directory, temporary, target.directory, target.name)
        let code = errno
        // A rename between two names of one file does nothing and leaves both.
        unlinkat(target.directory, temporary, 0)
        if renamed != 0 { throw FileError("replace", target.path, code: code) }
        return .done(try record(target))
    }

    private func record(_ target: Target) throws -> FileRecord {
        var status = stat()
        if fstatat(target.directory, target.name, &status, 0) != 0 { throw FileError("examine", target.path) }
        var record = FileRecord()
        if type == .symlink { record.flags = .isLink }
        record.update(status)
        return record
    }

    /// The temporary name in the same directory that belongs to `path`.
    static func temporaryName(beside path: UnsafePointer<CChar>) -> String {
        TemporaryNames.beside(String(cString: path))
    }

    // MARK: Copies

    private func clone(_ id: ObjectID, _ target: Target, replacing: Bool) throws -> Outcome? {
        guard let source = try openObject(id) else { return .missing }
        defer { _ = close(source) }
        let file = try WorkspaceFile(target, usesUnnamed: hasUnnamedFiles)
        if apus_clone(source, file.descriptor) != 0 { return nil }
        return try finish(file, replacing: replacing, isExecutable: false)
    }

    private func copy(
        _ id: ObjectID,
        _ target: Target,
        replacing: Bool,
        isExecutable: Bool,
        clones: Bool
    ) throws -> Outcome {
        guard let source = try openObject(id) else { return .missing }
        defer { _ = close(source) }
        let file = try WorkspaceFile(target, usesUnnamed: hasUnnamedFiles)
        if !clones || apus_clone(source, file.descriptor) != 0 {
            try FileContent.copy(source, to: file.descriptor, path: target.path)
        }
        return try finish(file, replacing: replacing, isExecutable: isExecutable)
    }

    /// Opens an object; one that may not be read is as good as missing.
    private func openObject(_ id: ObjectID) throws -> Int32? {
        do {
            return try store.openVerified(id)
        } catch let error as FileError where error.code == EACCES || error.code == EPERM {
            return nil
        }
    }

    private func finish(_ file: WorkspaceFile, replacing: Bool, isExecutable: Bool) throws -> Outcome {
        if isExecutable { try file.makeExecutable() }
        try file.settle()
        guard let record = try file.commit(replacing: replacing) else { return .exists }
        return .done(record)
    }
}
