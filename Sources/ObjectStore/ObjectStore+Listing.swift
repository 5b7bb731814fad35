import Basics
import CSystemCalls
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
    ///
    /// Asks for each one, or lists whole directories where that is cheaper.
    package func existing(among ids: [ObjectID], threads: Int = 2) throws -> Set<ObjectID> {
        guard descriptor() != nil else { return [] }
        if try isCheaperToList(ids.count) { return try listed(among: ids.sorted(), threads: threads) }
        let found = Mutex<Set<ObjectID>>([])
        let next = Atomic<Int>(0)
        let batch = 256
        try Crew.run(threads: max(1, min(threads, ids.count / batch))) { _ in
            while true {
                let start = next.wrappingAdd(batch, ordering: .relaxed).oldValue
                if start >= ids.count { return }
                let present = ids[start..<min(start + batch, ids.count)].filter { self.contains($0) }
                found.withLock { $0.formUnion(present) }
            }
        }
        return found.withLock { $0 }
    }

    /// Whether reading all names takes less than asking for so many; one directory speaks for all.
    private func isCheaperToList(_ count: Int) throws -> Bool {
        if count <= 2048 { return false }
        return try list(prefix: "7f").count * 256 < count * 3
    }

    /// The objects among those asked for, which are sorted, by reading all names.
    private func listed(among ids: [ObjectID], threads: Int) throws -> Set<ObjectID> {
        let found = Mutex<[ObjectID]>([])
        try forEachPrefix(threads: threads) { store, prefix in
            let names = try store.list(prefix: prefix).sorted()
            guard let first = names.first else { return }
            var position = ids.partitioningIndex { $0 >= first }
            var part: [ObjectID] = []
            for name in names {
                while position < ids.count, ids[position] < name { position += 1 }
                if position < ids.count, ids[position] == name { part.append(name) }
            }
            found.withLock { $0 += part }
        }
        return Set(found.withLock { $0 })
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
        guard let reader = try reader(prefix: prefix) else { return [] }
        var bytes = Array(prefix.utf8)
        return reader.entries.compactMap { entry in
            bytes.replaceSubrange(2..., with: reader.name(entry))
            return bytes.withUnsafeBufferPointer { ObjectID(bytes: $0) }
        }
    }

    /// All names in one of the 256 directories.
    func names(prefix: String) throws -> [String] {
        guard let reader = try reader(prefix: prefix) else { return [] }
        return reader.entries.map { String(decoding: reader.name($0), as: UTF8.self) }
    }

    /// What is in one of the 256 directories; nil when it does not exist.
    private func reader(prefix: String) throws -> DirectoryReader? {
        guard let folder = descriptor() else { return nil }
        let directory = apus_openat(folder, prefix, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        if directory < 0 {
            let error = FileError("open", "\(self.folder)/\(prefix)")
            if error.isMissing { return nil }
            throw error
        }
        defer { _ = close(directory) }
        return try DirectoryReader(directory, path: "\(self.folder)/\(prefix)")
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
