import Basics
import CSystemCalls
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

    /// Reads names from the disk.
    private func read(_ directory: ScannedDirectory, _ number: Int, _ descriptor: Int32) throws {
        let names = try DirectoryNames(directory, descriptor, path: path(directory), filter, isTolerant: isTolerant)
        directory.mustBeRead = names.hasOthers
        directory.adopt(sorted: names.files, in: names.reader.block)
        let prefix = directory.path.isEmpty ? [] : directory.path + [PathBytes.slash]
        let children = names.directories.map { entry in
            let name = names.reader.name(entry)
            return ScannedDirectory(
                path: prefix + name,
                parent: number,
                indexed: directory.indexed.flatMap { index?.child(of: $0, named: name) }
            )
        }
        directory.children = addChildren(children)
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
