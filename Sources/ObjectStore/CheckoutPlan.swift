import Basics
import Digests
import Glibc
import Synchronization

/// The differences between a directory of the workspace and the tree it should be.
struct CheckoutPlan {
    /// A file to be written, by its number in the tree.
    struct Write {
        let file: Int
        /// The file that is there now.
        let replaced: FilePosition?
        /// Whether the content is the same and only the link differs.
        var isRelink = false
    }

    private(set) var writes: [Write] = []
    private(set) var deletions: [FilePosition] = []
    /// Files that stay, with their numbers in the tree.
    private(set) var kept: [(file: Int, position: FilePosition)] = []

    /// Compares in one pass over both, which are sorted alike. `range` limits the files of the tree, `subpath` those of
    /// the scan.
    init(
        _ tree: Tree,
        _ range: Range<Int>,
        _ scan: Scan?,
        subpath: String,
        isLinked: (FileRecord, ObjectID, FilePosition) -> Bool
    ) {
        var next = range.lowerBound
        func addMissing(before path: UnsafeBufferPointer<UInt8>?) {
            while next < range.upperBound {
                if let path, tree.withPath(at: next, { PathBytes.compare($0, path) >= 0 }) { return }
                writes.append(Write(file: next, replaced: nil))
                next += 1
            }
        }
        let subpath = Array(subpath.utf8)
        var path: [UInt8] = []
        scan?.forEachSorted { position in
            scan?.copyPath(position, to: &path)
            if !PathBytes.isSameOrInside(path, subpath) { return }
            path.withUnsafeBufferPointer { path in
                addMissing(before: path)
                guard next < range.upperBound, tree.withPath(at: next, { PathBytes.compare($0, path) == 0 }) else {
                    deletions.append(position)
                    return
                }
                compare(tree, next, scan, position, isLinked)
                next += 1
            }
        }
        addMissing(before: nil)
    }

    private mutating func compare(
        _ tree: Tree,
        _ file: Int,
        _ scan: Scan?,
        _ position: FilePosition,
        _ isLinked: (FileRecord, ObjectID, FilePosition) -> Bool
    ) {
        guard let record = scan?.directories[position.directory].files[position.index] else { return }
        let digest = tree.digest(at: file)
        if record.digest != digest {
            writes.append(Write(file: file, replaced: position))
        } else if isLinked(record, ObjectID(digest: digest), position) {
            kept.append((file, position))
        } else {
            writes.append(Write(file: file, replaced: position, isRelink: true))
        }
    }

    /// Whether nothing is to be done.
    var isEmpty: Bool { writes.isEmpty && deletions.isEmpty }

    /// The files whose content would go and is not in the store.
    func lost(_ scan: Scan, _ store: ObjectStore, threads: Int) throws -> [String] {
        let positions = deletions + writes.compactMap { $0.isRelink ? nil : $0.replaced }
        let next = Atomic<Int>(0)
        let batch = 256
        let found = Mutex<[FilePosition]>([])
        try Crew.run(threads: max(1, min(threads, positions.count / batch))) { _ in
            while true {
                let start = next.wrappingAdd(batch, ordering: .relaxed).oldValue
                if start >= positions.count { return }
                let lost = try positions[start..<min(start + batch, positions.count)].filter { position in
                    let record = scan.directories[position.directory].files[position.index]
                    if record.flags.contains(.isBroken) { return false }
                    guard let digest = record.digest else { return true }
                    return try !store.containsVerified(ObjectID(digest: digest))
                }
                found.withLock { $0 += lost }
            }
        }
        return found.withLock { $0 }.map { scan.path($0) }.sorted()
    }
}

extension Scan {
    /// Puts the path of a file relative to the output into `path`.
    func copyPath(_ file: FilePosition, to path: inout [UInt8]) {
        let directory = directories[file.directory]
        path.removeAll(keepingCapacity: true)
        if !directory.path.isEmpty {
            path.append(contentsOf: directory.path)
            path.append(PathBytes.slash)
        }
        path.append(contentsOf: directory.name(file.index))
    }
}
