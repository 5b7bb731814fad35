import Basics
import CSystemCalls
import Digests
import Glibc
import Synchronization

extension ObjectStore {
    /// The names of all objects, sorted. What is not named like an object is passed by.
    package func list(threads: Int = 2) throws -> [ObjectID] {
        guard descriptor() != nil else { return [] }
        let found = Mutex<[ObjectID]>([])
        try forEachPrefix(threads: threads) { store, prefix in
            let ids = try store.list(prefix: prefix)
            found.withLock { $0 += ids }
        }
        return found.withLock { $0 }.sorted()
    }

    /// The objects among those asked for that are there, of whatever mode.
    package func existing(among ids: [ObjectID], threads: Int = 2) throws -> Set<ObjectID> {
        var sorted = ids
        sorted.sortUnique()
        let found = try presence(among: sorted, threads: threads)
        return Set(zip(sorted, found).lazy.filter(\.1).map(\.0))
    }

    /// The objects among those asked for, which are sorted and each once, that are not there, in order.
    package func absent(among ids: [ObjectID], threads: Int = 2) throws -> [ObjectID] {
        let found = try presence(among: ids, threads: threads)
        return zip(ids, found).compactMap { $1 ? nil : $0 }
    }

    /// Tells of each object, sorted and each once, whether it is there, of whatever mode.
    ///
    /// Asks for each one, or lists whole directories where that is cheaper.
    private func presence(among ids: [ObjectID], threads: Int) throws -> [Bool] {
        if ids.isEmpty || descriptor() == nil { return [Bool](repeating: false, count: ids.count) }
        let found = Found(count: ids.count)
        if try isCheaperToList(ids.count) {
            try forEachPrefix(threads: threads) { store, prefix in try store.find(ids, prefix: prefix, found) }
            return Array(found.flags)
        }
        try Workers.run(count: ids.count, threads: threads, batch: 256) { range in
            for position in range { found.flags[position] = self.contains(ids[position]) }
        }
        return Array(found.flags)
    }

    /// One flag for each object asked for. Unchecked: each flag is set by one thread.
    private final class Found: @unchecked Sendable {
        let flags: UnsafeMutableBufferPointer<Bool>

        init(count: Int) {
            flags = .allocate(capacity: count)
            flags.initialize(repeating: false)
        }

        deinit { flags.deallocate() }
    }

    /// Whether reading all names takes less than asking for so many; one directory speaks for all.
    private func isCheaperToList(_ count: Int) throws -> Bool {
        if count <= 2048 { return false }
        return try list(prefix: "7f").count * 256 < count * 3
    }

    /// Sets the flags of the objects that are in one of the 256 directories.
    private func find(_ ids: [ObjectID], prefix: String, _ found: Found) throws {
        guard let byte = UInt64(prefix, radix: 16) else { return }
        let start = ids.partitioningIndex { $0.digest.high >> 56 >= byte }
        let end = ids.partitioningIndex { $0.digest.high >> 56 > byte }
        if start == end { return }
        try forEachObject(prefix: prefix) { id in
            var (low, high) = (start, end)
            while low < high {
                let middle = (low + high) / 2
                if ids[middle] < id { low = middle + 1 } else { high = middle }
            }
            if low < end, ids[low] == id { found.flags[low] = true }
        }
    }

    /// Calls `body` for each of the 256 directories, in no order, from several threads.
    func forEachPrefix(threads: Int, _ body: @escaping @Sendable (ObjectStore, String) throws -> Void) throws {
        let next = Atomic<Int>(0)
        try Crew.run(threads: threads) { _ in
            while true {
                let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if number >= 256 { return }
                let digits = String(number, radix: 16)
                try body(self, digits.utf8.count == 1 ? "0" + digits : digits)
            }
        }
    }

    private func list(prefix: String) throws -> [ObjectID] {
        var ids: [ObjectID] = []
        try forEachObject(prefix: prefix) { ids.append($0) }
        return ids
    }

    /// Calls `body` with the name of each object in one of the 256 directories.
    private func forEachObject(prefix: String, _ body: (ObjectID) -> Void) throws {
        guard let directory = try open(prefix: prefix) else { return }
        defer { _ = close(directory) }
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 36) { bytes in
            _ = bytes.update(fromContentsOf: prefix.utf8)
            try DirectoryReader.forEachName(directory, path: "\(folder)/\(prefix)") { name, _ in
                guard name.count == 30 || name.count == 34 else { return }
                _ = bytes[2...].update(fromContentsOf: name)
                let text = UnsafeBufferPointer(rebasing: bytes[..<(name.count + 2)])
                if let id = ObjectID(bytes: text) { body(id) }
            }
        }
    }

    /// All names in one of the 256 directories.
    func names(prefix: String) throws -> [String] {
        guard let directory = try open(prefix: prefix) else { return [] }
        defer { _ = close(directory) }
        let reader = try DirectoryReader(directory, path: "\(folder)/\(prefix)")
        return reader.entries.map { String(decoding: reader.name($0), as: UTF8.self) }
    }

    /// Opens one of the 256 directories; nil when it does not exist.
    private func open(prefix: String) throws -> Int32? {
        guard let folder = descriptor() else { return nil }
        let directory = apus_openat(folder, prefix, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        if directory >= 0 { return directory }
        let error = FileError("open", "\(self.folder)/\(prefix)")
        if error.isMissing { return nil }
        throw error
    }
}

extension Array {
    /// The first position from which on the condition holds, when it never holds before one where it does not.
    fileprivate func partitioningIndex(where condition: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
