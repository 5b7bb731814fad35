import Basics
import Digests
import Glibc
import OrderedCollections
import Values

/// A layer that is made.
package struct Layer: Hashable, Sendable {
    package let descriptor: Descriptor
    /// The digest before compression.
    package let diffID: ContentDigest

    package init(descriptor: Descriptor, diffID: ContentDigest) {
        self.descriptor = descriptor
        self.diffID = diffID
    }
}

/// Which layers came of which files, so that none is made twice.
///
/// A layer is known by the state of its files (their numbers, sizes and times), and where that is new, by their bytes.
struct LayerCache: Sendable {
    let store: BlobStore
    let compression: LayerCompression
    private var folder: String { Paths.join(store.root, "layers") }

    /// To be changed whenever the same files give other layers.
    private static let version = "2"

    init(_ store: BlobStore, _ compression: LayerCompression) {
        self.store = store
        self.compression = compression
    }

    /// The layer that was noted under a key, if its blob is still there.
    func layer(_ key: String) -> Layer? {
        guard let bytes = try? Files.readIfPresent(Paths.join(folder, key)), bytes.count < 4096,
            let value = try? JSONDocument.parse(bytes, key), let diffID = value["diffID"]?.string,
            let inner = value["layer"], let descriptor = try? Descriptor(inner, key),
            let id = try? ContentDigest(diffID), (try? store.contains(descriptor)) == true
        else { return nil }
        return Layer(descriptor: descriptor, diffID: id)
    }

    func note(_ layer: Layer, _ key: String) {
        let value = Value.map(["layer": layer.descriptor.value, "diffID": .string(layer.diffID.description)])
        // What cannot be noted is made again.
        guard (try? Files.makeDirectories(folder)) != nil else { return }
        try? Files.writeAtomically(Array(value.json().utf8), to: Paths.join(folder, key))
    }

    /// The key by the state of the files.
    func stateKey(_ entries: [LayerPlan.Entry]) throws(ImageError) -> String {
        try key("state", entries) { source throws(ImageError) in
            var status = stat()
            if stat(source, &status) != 0 { throw .file(FileError("examine", source)) }
            let times = [status.st_mtim, status.st_ctim].map { "\($0.tv_sec).\($0.tv_nsec)" }
            return "\(status.st_dev) \(status.st_ino) \(status.st_size) \(times.joined(separator: " "))"
        }
    }

    /// The key by the bytes of the files, all of which are read.
    func contentKey(_ entries: [LayerPlan.Entry]) throws(ImageError) -> String {
        try key("content", entries) { source throws(ImageError) in try FileDigest.of(source).description }
    }

    private func key(
        _ kind: String,
        _ entries: [LayerPlan.Entry],
        _ identity: (String) throws(ImageError) -> String
    ) throws(ImageError) -> String {
        var hasher = SHA256()
        hasher.update(Array("\(kind) \(Self.version)\0".utf8))
        for entry in entries {
            let content =
                switch entry.content {
                case .file(let source): "file \(try identity(source))"
                case .bytes(let bytes): "bytes \(ContentDigest(of: bytes))"
                case .directory: "directory"
                case .link(let target): "link \(target)"
                }
            hasher.update(Array("\(entry.path)\0\(entry.mode)\0\(content)\0".utf8))
        }
        let suffix = compression == .gzip ? "" : "-\(compression)"
        return kind + "-" + ContentDigest(hasher).hex + suffix
    }
}

/// The digest of a file of this machine.
package enum FileDigest {
    package static func of(_ path: String) throws(ImageError) -> ContentDigest {
        let file = try mappingFileErrors { () throws(FileError) in try Files.open(path, O_RDONLY | O_CLOEXEC) }
        defer { _ = close(file) }
        var hasher = SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = read(file, buffer.baseAddress, buffer.count)
            if count == 0 { return ContentDigest(hasher) }
            if count < 0, errno != EINTR { throw .file(FileError("read", path)) }
            if count > 0 { hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
        }
    }
}
