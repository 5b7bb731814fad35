import Basics
import CSystemCalls
import Digests
import Glibc

/// What was found at the path of an output.
///
/// Unchecked: filled by ``Scanner`` under its lock and not changed in shape afterwards.
final class Scan: @unchecked Sendable {
    /// The absolute path of the output.
    let root: String
    /// The directory at `root`, or the one of a single file.
    let descriptor: Int32
    /// The first is the output itself, or for a single file a stand-in with that one file.
    var directories: [ScannedDirectory]
    let isDirectory: Bool
    /// The file clock before anything was examined.
    let startTime: Int64
    /// Whether all names, states and checksums are those of the index.
    var isUnchanged = false
    /// The name of the tree the index knows.
    var indexedID: ObjectID?

    init(root: String, descriptor: Int32, directories: [ScannedDirectory], isDirectory: Bool, startTime: Int64) {
        self.root = root
        self.descriptor = descriptor
        self.directories = directories
        self.isDirectory = isDirectory
        self.startTime = startTime
    }

    /// Stands for a single file: a directory that holds only that.
    convenience init(file path: String, _ status: stat, isLink: Bool) throws(FileError) {
        let time = apus_file_clock()
        let parent = Paths.parent(path)
        let descriptor = try Files.open(parent.isEmpty ? "." : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        let directory = ScannedDirectory(path: [], parent: nil, indexed: nil)
        directory.adopt(file: Array(Paths.name(path).utf8), isLink: isLink)
        directory.files[0].update(status)
        self.init(root: path, descriptor: descriptor, directories: [directory], isDirectory: false, startTime: time)
    }

    deinit { _ = close(descriptor) }

    var fileCount: Int { directories.reduce(0) { $0 + $1.files.count } }

    var totalSize: Int {
        directories.reduce(0) { sum, directory in
            directory.files.reduce(sum) { $0.addingReportingOverflow(Int($1.size)).partialValue }
        }
    }

    /// The absolute path of what `descriptor` is open for.
    var base: String { isDirectory ? root : Paths.parent(root) }

    /// The absolute path of a file.
    func path(_ file: FilePosition) -> String {
        isDirectory ? root + "/" + directories[file.directory].relativePath(file.index) : root
    }

    /// Calls `body` with each file in the order of the bytes of the relative paths.
    func forEachSorted(_ body: (FilePosition) throws -> Void) rethrows {
        var pending: [(directory: Int, file: Int, child: Int)] = [(0, 0, 0)]
        while let (number, file, child) = pending.last {
            let directory = directories[number]
            let hasFile = file < directory.files.count
            if child < directory.children.count, !hasFile || precedes(directory.children[child], directory, file) {
                pending[pending.count - 1].child += 1
                pending.append((directory.children[child], 0, 0))
            } else if hasFile {
                pending[pending.count - 1].file += 1
                try body(FilePosition(directory: number, index: file))
            } else {
                pending.removeLast()
            }
        }
    }

    /// Whether the paths inside a child directory sort before a file beside it.
    private func precedes(_ child: Int, _ directory: ScannedDirectory, _ file: Int) -> Bool {
        let name = directory.name(file)
        return directories[child].name.withUnsafeBufferPointer { child in
            let common = min(child.count, name.count)
            for position in 0..<common where child[position] != name[position] {
                return child[position] < name[position]
            }
            return child.count < name.count && PathBytes.slash < name[common]
        }
    }

    /// The tree of the files; all checksums must be known.
    func tree() -> Tree {
        let pathBytes = directories.reduce(0) { $0 + $1.names.count + $1.files.count * $1.path.count }
        var builder = TreeBuilder(fileCount: fileCount, pathBytes: pathBytes, hasSizes: true)
        forEachSorted { file in
            let directory = directories[file.directory]
            let record = directory.files[file.index]
            directory.path.withUnsafeBufferPointer { prefix in
                builder.append(
                    prefix: prefix,
                    name: directory.name(file.index),
                    digest: MD5Digest(high: record.digestHigh, low: record.digestLow),
                    size: Int(record.size)
                )
            }
        }
        return builder.finish()
    }
}

/// Where a file is in a ``Scan``.
struct FilePosition: Hashable {
    let directory: Int
    let index: Int
}
