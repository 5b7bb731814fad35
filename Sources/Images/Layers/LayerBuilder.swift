import Archives
import Basics
import Compression
import Digests

/// Makes layers: the same files give the same bytes, on any machine at any time.
package struct LayerBuilder: Sendable {
    package let store: BlobStore
    private let compression: LayerCompression
    private let cache: LayerCache

    /// All files have this time: layers do not change with the day, and no tool takes it for none.
    package static let modified = 1

    package init(_ store: BlobStore, _ compression: LayerCompression = .gzip) {
        self.store = store
        self.compression = compression
        cache = LayerCache(store, compression)
    }

    /// Makes a layer, or finds it made.
    package func layer(_ plan: LayerPlan) throws(ImageError) -> (layer: Layer, isNew: Bool) {
        let entries = try plan.complete()
        let stateKey = try cache.stateKey(entries)
        if let layer = cache.layer(stateKey) { return (layer, false) }
        let contentKey = try cache.contentKey(entries)
        if let layer = cache.layer(contentKey) {
            cache.note(layer, stateKey)
            return (layer, false)
        }
        let layer = try make(entries)
        // A file that was changed meanwhile would be taken for what it was.
        let isUnchanged = try cache.stateKey(entries) == stateKey
        if isUnchanged {
            cache.note(layer, contentKey)
            cache.note(layer, stateKey)
        }
        return (layer, true)
    }

    private func make(_ entries: [LayerPlan.Entry]) throws(ImageError) -> Layer {
        let sink = try LayerSink(try store.writer(), compression)
        do {
            var writer = TarWriter { bytes in try sink.write(bytes) }
            for entry in entries { try add(entry, to: &writer) }
            try writer.finish()
            return try sink.finish()
        } catch let error as ImageError {
            throw error
        } catch let error as FileError {
            throw .file(error)
        } catch {
            throw .invalid("\(error)")
        }
    }

    private func add(_ entry: LayerPlan.Entry, to writer: inout TarWriter) throws {
        func header(_ kind: ArchiveEntry.Kind) -> ArchiveEntry {
            ArchiveEntry(path: entry.path, kind: kind, mode: entry.mode, modified: Self.modified)
        }
        switch entry.content {
        case .directory: try writer.add(header(.directory))
        case .link(let target): try writer.add(header(.symbolicLink(target)))
        case .bytes(let bytes): try writer.add(header(.file), contents: bytes)
        case .file(let path): try writer.add(header(.file), contentsOf: path)
        }
    }
}

/// The way of a layer: hashed, compressed, hashed again, stored.
private final class LayerSink {
    private let writer: BlobWriter
    private let compressor: LayerCompressor
    private var hasher = SHA256()
    private var failure: ImageError?

    init(_ writer: BlobWriter, _ compression: LayerCompression) throws(ImageError) {
        self.writer = writer
        do throws(CompressionError) {
            compressor = try LayerCompressor(compression)
        } catch {
            throw .invalid(error.description)
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        hasher.update(bytes)
        try compressor.add(bytes) { put($0) }
        if let failure { throw failure }
    }

    func finish() throws -> Layer {
        try compressor.finish { put($0) }
        if let failure { throw failure }
        let descriptor = try writer.finish(mediaType: compressor.mediaType)
        return Layer(descriptor: descriptor, diffID: ContentDigest(hasher))
    }

    private func put(_ bytes: UnsafeRawBufferPointer) {
        if failure != nil { return }
        do throws(ImageError) {
            try writer.write(bytes)
        } catch {
            failure = error
        }
    }
}

/// One of the ways to make a stream small.
private enum LayerCompressor {
    case gzip(BlockDeflater)
    case zstd(ZstandardDeflater)

    init(_ compression: LayerCompression) throws(CompressionError) {
        switch compression {
        case .gzip: self = .gzip(try BlockDeflater())
        case .zstd: self = .zstd(try ZstandardDeflater())
        }
    }

    var mediaType: String {
        switch self {
        case .gzip: LayerCompression.gzip.mediaType
        case .zstd: LayerCompression.zstd.mediaType
        }
    }

    func add(
        _ bytes: UnsafeRawBufferPointer,
        into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void
    ) throws(CompressionError) {
        switch self {
        case .gzip(let deflater): try deflater.deflate(bytes, into: consume)
        case .zstd(let deflater): try deflater.deflate(bytes, into: consume)
        }
    }

    func finish(into consume: (UnsafeRawBufferPointer) throws(CompressionError) -> Void) throws(CompressionError) {
        switch self {
        case .gzip(let deflater): try deflater.finish(into: consume)
        case .zstd(let deflater): try deflater.finish(into: consume)
        }
    }
}
