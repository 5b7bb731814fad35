import Archives
import Basics
import Compression
import Digests

/// Makes layers: the same files give the same bytes, on any machine at any time.
package struct LayerBuilder: Sendable {
    package let store: BlobStore
    private let cache: LayerCache

    /// All files have this time: layers do not change with the day, and no tool takes it for none.
    package static let modified = 1

    package init(_ store: BlobStore) {
        self.store = store
        cache = LayerCache(store)
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
        let sink = try LayerSink(try store.writer())
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
    private let deflater: Deflater
    private var hasher = SHA256()
    private var failure: ImageError?

    init(_ writer: BlobWriter) throws(ImageError) {
        self.writer = writer
        do throws(CompressionError) {
            deflater = try Deflater(.gzip)
        } catch {
            throw .invalid(error.description)
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        hasher.update(bytes)
        try deflater.deflate(bytes) { put($0) }
        if let failure { throw failure }
    }

    func finish() throws -> Layer {
        try deflater.finish { put($0) }
        if let failure { throw failure }
        let descriptor = try writer.finish(mediaType: MediaType.layer)
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
