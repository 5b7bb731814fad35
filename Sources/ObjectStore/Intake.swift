import Basics
import CSystemCalls
import Digests
import Glibc
import Synchronization

/// Reads the files of a scan whose checksum is not known, and where wanted places them in the store in the same pass.
///
/// Small files are read in batches and hashed many at a time. Unchecked: each file is given to one thread.
final class Intake: @unchecked Sendable {
    private let scan: Scan
    private let store: ObjectStore
    private let kind: HashKind
    private let placement: Placement?
    /// Only the files at or below this path; empty for all.
    private let subpath: String
    private var small: [FilePosition] = []
    private var large: [FilePosition] = []
    private var batches: [Range<Int>] = []

    /// Files above this are read in blocks instead of whole.
    static let largeSize = 1 << 20
    private static let batchCount = 64
    private static let batchSize = 4 << 20
    /// What one file may need beyond its size: a byte to see that it has grown, and the next one's alignment.
    private static let spare = 64

    init(_ scan: Scan, store: ObjectStore, kind: HashKind, placement: Placement?, subpath: String = "") {
        self.scan = scan
        self.subpath = subpath
        self.store = store
        self.kind = kind
        self.placement = placement
    }

    /// Afterwards every file has its checksum and, with a placement, its object.
    func run(threads: Int) throws {
        try plan(threads: threads)
        if large.isEmpty, batches.isEmpty { return }
        scan.isUnchanged = false
        let nextLarge = Atomic<Int>(0)
        let nextBatch = Atomic<Int>(0)
        let failure = Crew.Failure()
        let room = room
        try Crew.run(threads: min(threads, large.count + batches.count)) { [self] _ in
            do {
                try takeLarge(threads) {
                    let number = nextLarge.wrappingAdd(1, ordering: .relaxed).oldValue
                    return number < self.large.count && !failure.hasOccurred ? self.large[number] : nil
                }
                let batch = IntakeBatch(scan, store: store, kind: kind, placement: placement, room: room)
                while !failure.hasOccurred {
                    let number = nextBatch.wrappingAdd(1, ordering: .relaxed).oldValue
                    if number >= batches.count { return }
                    try batch.take(small[batches[number]])
                }
            } catch {
                failure.record(error)
                throw error
            }
        }
    }

    /// Takes large files: side by side when there are enough of them, else one after the other.
    private func takeLarge(_ threads: Int, _ next: () -> FilePosition?) throws {
        if large.isEmpty { return }
        let share = (large.count + threads - 1) / max(threads, 1)
        if share > 2, kind == .md5 {
            let count = min(share, MD5Lanes.preferredCount)
            return try IntakeLanes(scan, store: store, placement: placement, count: count).run(next)
        }
        let batch = IntakeBatch(scan, store: store, kind: kind, placement: placement)
        while let file = next() { try batch.takeLarge(file) }
    }

    /// Shares out the files: large ones first and alone, small ones in batches.
    private func plan(threads: Int) throws {
        var candidates: [FilePosition] = []
        for (number, directory) in scan.directories.enumerated() {
            for file in 0..<directory.files.count {
                let flags = directory.files[file].flags
                if flags.contains(.isBroken) { continue }
                if placement == nil, flags.contains(.hasDigest) { continue }
                let position = FilePosition(directory: number, index: file)
                if subpath.isEmpty || isMeant(position) { candidates.append(position) }
            }
        }
        if placement != nil { candidates = try withoutPlaced(candidates, threads: threads) }
        for file in candidates {
            if record(file).size > Self.largeSize { large.append(file) } else { small.append(file) }
        }
        large.sort { record($0).size > record($1).size }
        var start = 0
        var size = 0
        for (position, file) in small.enumerated() {
            size += Int(record(file).size)
            if position - start + 1 == Self.batchCount || size >= Self.batchSize / 2 {
                batches.append(start..<(position + 1))
                start = position + 1
                size = 0
            }
        }
        if start < small.count { batches.append(start..<small.count) }
    }

    /// Bytes of the largest batch: few small files should not cost a large buffer.
    private var room: Int {
        batches.map { files in small[files].reduce(0) { $0 + Int(record($1).size) + Self.spare } }.max() ?? 0
    }

    private func isMeant(_ file: FilePosition) -> Bool {
        var path: [UInt8] = []
        scan.copyPath(file, to: &path)
        return PathBytes.isSameOrInside(path, Array(subpath.utf8))
    }

    private func record(_ file: FilePosition) -> FileRecord { scan.directories[file.directory].files[file.index] }

    /// Leaves out files with a known checksum whose object is in the store and that are linked to it as wanted.
    private func withoutPlaced(_ files: [FilePosition], threads: Int) throws -> [FilePosition] {
        let batch = 512
        let next = Atomic<Int>(0)
        let left = Mutex<[FilePosition]>([])
        try Crew.run(threads: max(1, min(threads, files.count / batch))) { [self] _ in
            while true {
                let start = next.wrappingAdd(batch, ordering: .relaxed).oldValue
                if start >= files.count { return }
                let rest = try files[start..<min(start + batch, files.count)].filter { try !isPlaced($0) }
                left.withLock { $0 += rest }
            }
        }
        return left.withLock { $0 }.sorted { ($0.directory, $0.index) < ($1.directory, $1.index) }
    }

    private func isPlaced(_ file: FilePosition) throws -> Bool {
        let record = record(file)
        guard let digest = record.digest, let placement else { return false }
        return try placement.isDone(record, ObjectID(digest: digest), path: { self.scan.path(file) })
    }
}
