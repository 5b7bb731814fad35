import Basics
import CSystem
import Digests
import Glibc

/// Walks a directory with several threads, examines its files and takes over what an index knows of them.
///
/// Links to files are followed; links to directories are passed by, as DVC does.
/// Unchecked: `pending`, `outstanding` and the scan's list of directories are used under the lock only.
final class Scanner: @unchecked Sendable {
    private enum Task {
        case list(Int)
        case examine(Int, Range<Int>)
    }

    private let scan: Scan
    private let filter: any PathFilter
    private let index: DirectoryIndex?
    private let isTolerant: Bool
    /// Whether the time of a directory's last change tells that its names are the same.
    private let trustsDirectories: Bool
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private var pending: [Task] = []
    private var outstanding = 0
    private let failure = Crew.Failure()
    private var hasChanges = false
    /// Directories with more files are examined by several threads.
    private static let chunkSize = 2048

    /// How to scan.
    struct Options {
        var filter: any PathFilter = EmptyFilter()
        var index: DirectoryIndex?
        /// Broken links count as files without content, and what is no file is passed by.
        var isTolerant = false
    }

    private init(_ scan: Scan, _ options: Options) {
        self.scan = scan
        filter = options.filter
        index = options.index
        isTolerant = options.isTolerant
        trustsDirectories = apus_stamps_directories(scan.descriptor) != 0
        condition = .allocate(capacity: 1)
        lock = .allocate(capacity: 1)
        pthread_cond_init(condition, nil)
        pthread_mutex_init(lock, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(lock)
        condition.deallocate()
        lock.deallocate()
    }

    /// Examines the directory open at `descriptor`, which the scan then owns.
    static func scan(
        _ root: String,
        descriptor: Int32,
        _ options: Options,
        threads: Int
    ) throws -> Scan {
        let top = ScannedDirectory(path: [], parent: nil, indexed: options.index == nil ? nil : 0)
        let scan = Scan(
            root: root,
            descriptor: descriptor,
            directories: [top],
            isDirectory: true,
            startTime: apus_file_clock()
        )
        let scanner = Scanner(scan, options)
        scanner.add([.list(0)])
        try Crew.run(threads: threads) { _ in scanner.work() }
        try scanner.failure.rethrow()
        scan.isUnchanged = options.index != nil && !scanner.hasChanges
        scan.indexedID = options.index?.treeID
        return scan
    }

    // MARK: Sharing out

    private func add(_ tasks: [Task]) {
        pthread_mutex_lock(lock)
        pending += tasks
        outstanding += tasks.count
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(lock)
    }

    /// The next task; nil when all are done or one has failed.
    private func next() -> Task? {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        while pending.isEmpty, outstanding > 0, !failure.hasOccurred { pthread_cond_wait(condition, lock) }
        return failure.hasOccurred ? nil : pending.popLast()
    }

    private func finishTask(changed: Bool) {
        pthread_mutex_lock(lock)
        outstanding -= 1
        if changed { hasChanges = true }
        if outstanding == 0 || failure.hasOccurred { pthread_cond_broadcast(condition) }
        pthread_mutex_unlock(lock)
    }

    private func work() {
        while let task = next() {
            var changed = true
            do {
                switch task {
                case .list(let number): changed = try list(number)
                case .examine(let number, let range): changed = try examine(number, range)
                }
            } catch {
                failure.record(error)
            }
            finishTask(changed: changed)
        }
    }

    private func directory(_ number: Int) -> ScannedDirectory {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return scan.directories[number]
    }

    /// Adds the directories inside another; returns their numbers.
    private func addChildren(_ children: [ScannedDirectory]) -> [Int] {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        let first = scan.directories.count
        scan.directories += children
        return Array(first..<(first + children.count))
    }

    // MARK: Directories

    private func path(_ directory: ScannedDirectory) -> String {
        directory.path.isEmpty ? scan.root : scan.root + "/" + String(decoding: directory.path, as: UTF8.self)
    }

    private func open(_ directory: ScannedDirectory) throws -> Int32 {
        var path = directory.path.isEmpty ? [UInt8(ascii: ".")] : directory.path
        path.append(0)
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (directory.path.isEmpty ? 0 : O_NOFOLLOW)
        let descriptor = path.withUnsafeBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { apus_openat(scan.descriptor, $0.baseAddress, flags, 0) }
        }
        if descriptor < 0 { throw FileError("open", self.path(directory)) }
        return descriptor
    }

    private func list(_ number: Int) throws -> Bool {
        let directory = directory(number)
        let descriptor = try open(directory)
        defer { _ = close(descriptor) }
        var status = stat()
        if fstat(descriptor, &status) != 0 { throw FileError("examine", path(directory)) }
        let before = apus_file_clock()
        var changed = false
        if !adoptIndexed(directory, number, status) {
            try read(directory, number, descriptor)
            changed = true
        }
        let time = FileRecord.nanoseconds(status.st_ctim)
        if time < before - FileRecord.racyWindow, trustsDirectories, !directory.mustBeRead {
            directory.inode = UInt64(status.st_ino)
            directory.changed = time
        }
        var tasks = directory.children.map { Task.list($0) }
        if directory.files.count <= Self.chunkSize {
            if !tasks.isEmpty { add(tasks) }
            return try examine(directory, 0..<directory.files.count, descriptor) || changed
        }
        for start in stride(from: 0, to: directory.files.count, by: Self.chunkSize) {
            tasks.append(.examine(number, start..<min(start + Self.chunkSize, directory.files.count)))
        }
        add(tasks)
        return changed
    }

    /// Takes the names from the index when the directory has not changed since.
    private func adoptIndexed(_ directory: ScannedDirectory, _ number: Int, _ status: stat) -> Bool {
        guard let index, let position = directory.indexed, index.filterFingerprint == filter.fingerprint,
            filter.fingerprint != nil, !directory.mustBeRead
        else { return false }
        let known = index.directory(position)
        guard trustsDirectories, known.changed != 0, known.inode == UInt64(status.st_ino),
            known.changed == FileRecord.nanoseconds(status.st_ctim)
        else { return false }
        directory.adopt(names: index.names(of: known), files: index.files(of: known), owner: index)
        let children = (known.childStart..<(known.childStart + known.childCount)).map { child in
            ScannedDirectory(path: Array(index.path(Int(child))), parent: number, indexed: Int(child))
        }
        directory.children = addChildren(children)
        return true
    }

    /// Reads names from the disk and sorts out what is a file and what a directory.
    private func read(_ directory: ScannedDirectory, _ number: Int, _ descriptor: Int32) throws {
        let reader = try DirectoryReader(descriptor, path: path(directory))
        var files: [DirectoryReader.Entry] = []
        var directories: [DirectoryReader.Entry] = []
        for var entry in reader.entries {
            try resolveKind(&entry, reader, directory, descriptor)
            if entry.kind == .other || isLeftover(entry, reader, descriptor) {
                directory.mustBeRead = true
                continue
            }
            let isDirectory = entry.kind == .directory
            if !filter.isEmpty, isIgnored(reader.name(entry), directory, isDirectory: isDirectory) { continue }
            if isDirectory { directories.append(entry) } else { files.append(entry) }
        }
        files = reader.sorted(files)
        if files.contains(where: { reader.name($0).elementsEqual(".dvcignore".utf8) }) {
            throw StoreError.ignoreFileInside(path(directory))
        }
        directory.adopt(sorted: files, in: reader.block)
        let children = reader.sorted(directories, asDirectories: true).map { entry in
            let name = reader.name(entry)
            let prefix = directory.path.isEmpty ? [] : directory.path + [PathBytes.slash]
            return ScannedDirectory(
                path: prefix + name,
                parent: number,
                indexed: directory.indexed.flatMap { index?.child(of: $0, named: name) }
            )
        }
        directory.children = addChildren(children)
    }

    /// Finds out what a link or an entry of unknown kind is. A link to a directory becomes `.other`.
    private func resolveKind(
        _ entry: inout DirectoryReader.Entry,
        _ reader: DirectoryReader,
        _ directory: ScannedDirectory,
        _ descriptor: Int32
    ) throws {
        if entry.kind == .file || entry.kind == .directory { return }
        let name = reader.name(entry)
        func path() -> String { self.path(directory) + "/" + String(decoding: name, as: UTF8.self) }
        if entry.kind == .other {
            if isTolerant { return }
            if filter.isEmpty || !isIgnored(name, directory, isDirectory: false) {
                throw StoreError.unsupportedFile(path())
            }
            return
        }
        var status = stat()
        func examine(_ flags: Int32) -> Int32 {
            (Array(name) + [0]).withUnsafeBytes { bytes in
                bytes.withMemoryRebound(to: CChar.self) { pointer in
                    guard let base = pointer.baseAddress else { return -1 }
                    return fstatat(descriptor, base, &status, flags)
                }
            }
        }
        if entry.kind == .unknown {
            if examine(AT_SYMLINK_NOFOLLOW) != 0 { throw FileError("examine", path()) }
            switch status.st_mode & S_IFMT {
            case S_IFREG: entry.kind = .file
            case S_IFDIR: entry.kind = .directory
            case S_IFLNK: entry.kind = .link
            default:
                entry.kind = .other
                return try resolveKind(&entry, reader, directory, descriptor)
            }
            if entry.kind != .link { return }
        }
        if examine(0) != 0 {
            if isTolerant { return }
            if !filter.isEmpty, isIgnored(name, directory, isDirectory: false) { return }
            throw StoreError.brokenLink(path())
        }
        if status.st_mode & S_IFMT == S_IFDIR { entry.kind = .other }
    }

    /// Whether the entry is a link to an object that a process which died had not given its place yet.
    private func isLeftover(_ entry: DirectoryReader.Entry, _ reader: DirectoryReader, _ descriptor: Int32) -> Bool {
        guard TemporaryNames.matches(reader.name(entry)) else { return false }
        if entry.kind == .link { return true }
        var status = stat()
        let examined = (Array(reader.name(entry)) + [0]).withUnsafeBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { pointer in
                pointer.baseAddress.map { fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }
            }
        }
        return examined == 0 && status.st_nlink > 1 && status.st_mode & 0o7777 == 0o444
    }

    private func isIgnored(_ name: ArraySlice<UInt8>, _ directory: ScannedDirectory, isDirectory: Bool) -> Bool {
        let bytes = directory.path.isEmpty ? Array(name) : directory.path + [PathBytes.slash] + name
        return filter.isIgnored(String(decoding: bytes, as: UTF8.self), isDirectory: isDirectory)
    }

    // MARK: Files

    private func examine(_ number: Int, _ range: Range<Int>) throws -> Bool {
        let directory = directory(number)
        let descriptor = try open(directory)
        defer { _ = close(descriptor) }
        return try examine(directory, range, descriptor)
    }

    /// Examines files and takes over checksums of those that have not changed; tells whether any has.
    private func examine(_ directory: ScannedDirectory, _ range: Range<Int>, _ descriptor: Int32) throws -> Bool {
        guard let names = directory.names.baseAddress else { return false }
        let known = directory.indexed.flatMap { position in index.map { $0.cursor(position, at: directory, range) } }
        var cursor = known
        var changed = false
        var status = stat()
        for file in range {
            let name = names + Int(directory.files[file].nameOffset)
            let result = UnsafeRawPointer(name).withMemoryRebound(to: CChar.self, capacity: 256) {
                fstatat(descriptor, $0, &status, 0)
            }
            if result != 0 {
                if isTolerant, directory.files[file].flags.contains(.isLink) {
                    directory.files[file].flags = [.isLink, .isBroken]
                    changed = true
                    continue
                }
                throw failure(directory, file)
            }
            if status.st_mode & S_IFMT != S_IFREG {
                throw StoreError.unsupportedFile(scan.root + "/" + directory.relativePath(file))
            }
            var record = directory.files[file]
            record.digest = nil
            record.update(status)
            if let old = cursor?.record(named: directory.name(file)), record.isSameState(as: old),
                let digest = old.digest
            {
                record.digest = digest
            } else {
                changed = true
            }
            directory.files[file] = record
        }
        return changed
    }

    private func failure(_ directory: ScannedDirectory, _ file: Int) -> any Error {
        let path = scan.root + "/" + directory.relativePath(file)
        if errno == ENOENT, directory.files[file].flags.contains(.isLink) { return StoreError.brokenLink(path) }
        return FileError("examine", path)
    }
}
