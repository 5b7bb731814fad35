package import Basics
import Glibc
import OrderedCollections
import Synchronization
import Values

/// The two locks that keep processes on one project apart, the same as DVC's: the whole-project lock, and a table of
/// paths that running stages read and write while the first is free for others.
///
/// Sources: `dvc/lock.py` (zc.lockfile on `.dvc/tmp/lock`) and `dvc/rwlock.py` (`.dvc/tmp/rwlock`).
package final class ProjectLock: Sendable {
    private let folder: String
    /// Called when another process holds a lock and this one starts to wait.
    private let onWait: @Sendable (String) -> Void
    private let held = Mutex<FileLock?>(nil)

    package init(folder: String, onWait: @escaping @Sendable (String) -> Void) {
        self.folder = folder
        self.onWait = onWait
    }

    /// Takes the project lock, unless this process has it, waiting for others as long as it takes.
    package func acquire() throws(FileError) {
        if held.withLock({ $0 != nil }) { return }
        try Files.makeDirectories(folder)
        let path = Paths.join(folder, "lock")
        let lock = try FileLock.wait(path) {
            let holder = FileLock.holder(of: path).map { "process \($0)" } ?? "another process"
            onWait("\(holder) is working on this project, waiting for it to finish")
        }
        lock.write(" \(getpid())\n")
        held.withLock { $0 = lock }
    }

    /// Gives the project lock back.
    package func release() {
        held.withLock { lock in
            lock?.release()
            lock = nil
        }
    }

    /// Registers the paths a stage will read and write, waiting until no live process has a claim against them.
    ///
    /// While it waits, the project lock, which must be held, is given to others.
    package func claim(reads: [String], writes: [String], command: String) throws(FileError) -> Claim {
        let claim = Claim(reads: reads, writes: writes, command: command)
        var isFirst = true
        while true {
            var blocker: PathTable.Holder?
            try edit { table in
                blocker = table.blocker(of: claim)
                if blocker == nil { table.add(claim) }
            }
            guard let blocker else { return claim }
            if isFirst { onWait("'\(blocker.path)' is in use by process \(blocker.pid) (\(blocker.command)), waiting") }
            isFirst = false
            release()
            usleep(100_000)
            try acquire()
        }
    }

    /// Takes the registration back.
    package func release(_ claim: Claim) throws(FileError) {
        try edit { $0.remove(claim) }
    }

    /// The paths that one running stage reads and writes.
    package struct Claim: Sendable {
        let reads: [String]
        let writes: [String]
        let command: String
    }

    /// Changes the table under the guard lock that DVC uses for it.
    ///
    /// The file is overwritten by one call and never cut, so that it is readable at any moment, whoever dies.
    private func edit(_ body: (inout PathTable) -> Void) throws(FileError) {
        let path = Paths.join(folder, "rwlock")
        let guardLock = try FileLock.wait(path + ".lock")
        defer { guardLock.release() }
        let descriptor = try Files.open(path, O_RDWR | O_CREAT | O_CLOEXEC)
        defer { _ = close(descriptor) }
        let old = try Files.readAll(descriptor, path: path)
        var table = PathTable(json: old)
        body(&table)
        var new = table.json
        if new.count < old.count { new += Array(repeating: UInt8(ascii: " "), count: old.count - new.count) }
        if pwrite(descriptor, new, new.count, 0) != new.count { throw FileError("write", path) }
    }
}

/// The content of `.dvc/tmp/rwlock`.
struct PathTable {
    struct Holder {
        let path: String
        let pid: Int
        let command: String
    }

    private var readers: [Holder] = []
    private var writers: [Holder] = []

    /// Reads the table; what is not in DVC's form counts as empty, since nobody could release it.
    init(json: [UInt8]) {
        guard let value = try? Value(json: json) else { return }
        for (path, holders) in value["read"]?.map ?? [:] {
            readers += (holders.list ?? []).compactMap { Self.holder($0, path: path.text) }
        }
        for (path, holder) in value["write"]?.map ?? [:] {
            writers += [Self.holder(holder, path: path.text)].compactMap(\.self)
        }
    }

    /// The first live process whose claim stands against `claim`; claims of dead processes are dropped.
    mutating func blocker(of claim: ProjectLock.Claim) -> Holder? {
        let own = Int(getpid())
        writers.removeAll { kill(pid_t(truncatingIfNeeded: $0.pid), 0) != 0 && errno == ESRCH }
        readers.removeAll { kill(pid_t(truncatingIfNeeded: $0.pid), 0) != 0 && errno == ESRCH }
        let wanted = claim.reads + claim.writes
        return writers.first { holder in holder.pid != own && wanted.contains { Self.overlaps($0, holder.path) } }
            ?? readers.first { holder in
                holder.pid != own && claim.writes.contains { Self.overlaps($0, holder.path) }
            }
    }

    mutating func add(_ claim: ProjectLock.Claim) {
        readers += claim.reads.map { Holder(path: $0, pid: Int(getpid()), command: claim.command) }
        writers += claim.writes.map { Holder(path: $0, pid: Int(getpid()), command: claim.command) }
    }

    mutating func remove(_ claim: ProjectLock.Claim) {
        let own = Int(getpid())
        for path in claim.reads {
            if let index = readers.firstIndex(where: { $0.pid == own && $0.path == path }) { readers.remove(at: index) }
        }
        for path in claim.writes {
            if let index = writers.firstIndex(where: { $0.pid == own && $0.path == path }) { writers.remove(at: index) }
        }
    }

    /// The table in DVC's form.
    var json: [UInt8] {
        var read: Value.Map = [:]
        for holder in readers {
            let others = read[Value.Key(holder.path)]?.list ?? []
            read[Value.Key(holder.path)] = .list(others + [Self.value(holder)])
        }
        let write: Value.Map = writers.reduce(into: [:]) { $0[Value.Key($1.path)] = Self.value($1) }
        return Array(Value.map(["read": .map(read), "write": .map(write)]).json().utf8)
    }

    private static func overlaps(_ first: String, _ second: String) -> Bool {
        Paths.isSameOrInside(first, second) || Paths.isSameOrInside(second, first)
    }

    private static func holder(_ value: Value, path: String) -> Holder? {
        guard let pid = value["pid"]?.int else { return nil }
        return Holder(path: path, pid: pid, command: value["cmd"]?.string ?? "")
    }

    private static func value(_ holder: Holder) -> Value {
        .map(["pid": .int(holder.pid), "cmd": .string(holder.command)])
    }
}
