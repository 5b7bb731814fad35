import Basics
import CSystem
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
        try names(prefix: prefix).compactMap { ObjectID(prefix + $0) }
    }

    /// All names in one of the 256 directories.
    func names(prefix: String) throws -> [String] {
        guard let folder = descriptor() else { return [] }
        let directory = apus_openat(folder, prefix, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        if directory < 0 {
            let error = FileError("open", "\(self.folder)/\(prefix)")
            if error.isMissing { return [] }
            throw error
        }
        defer { _ = close(directory) }
        let reader = try DirectoryReader(directory, path: "\(self.folder)/\(prefix)")
        return reader.entries.map { String(decoding: reader.name($0), as: UTF8.self) }
    }
}
