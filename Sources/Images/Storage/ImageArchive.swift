import Archives
import Basics
import Glibc
import OrderedCollections
import Values

/// Images in a tar archive: a layout, with the list that Docker's `load` reads beside it.
package enum ImageArchive {
    /// Writes an image of a layout under a name.
    package static func write(_ manifest: Manifest, of layout: ImageLayout, name: String?, to path: String) throws {
        guard case .image(let image) = manifest.content else {
            throw ImageError.invalid("an archive for Docker has one platform; name it with --platform")
        }
        for blob in image.blobs { try layout.blobs.verify(blob) }
        let temporary = TemporaryNames.beside(path)
        try? Files.remove(temporary)
        let file = try Files.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
        let note = Temporaries.note(temporary)
        defer {
            _ = close(file)
            try? Files.remove(temporary)
            Temporaries.forget(note)
        }
        let sink = try ArchiveSink(.tar, descriptor: file, path: temporary)
        var writer = TarWriter { try sink.write($0) }
        try write(image, manifest, layout, name, &writer)
        try writer.finish()
        try sink.finish()
        try Files.rename(temporary, to: path)
    }

    private static func write(
        _ image: ImageManifest,
        _ manifest: Manifest,
        _ layout: ImageLayout,
        _ name: String?,
        _ writer: inout TarWriter
    ) throws {
        func entry(_ path: String) -> ArchiveEntry { ArchiveEntry(path: path, modified: LayerBuilder.modified) }
        func directory(_ path: String) -> ArchiveEntry {
            ArchiveEntry(path: path, kind: .directory, modified: LayerBuilder.modified)
        }
        try writer.add(directory("blobs"))
        try writer.add(directory("blobs/sha256"))
        for digest in Set(image.blobs.map(\.digest)).sorted() where digest != manifest.digest {
            try writer.add(entry("blobs/sha256/\(digest.hex)"), contentsOf: layout.blobs.path(digest))
        }
        try writer.add(entry("blobs/sha256/\(manifest.digest.hex)"), contents: manifest.bytes)
        var descriptor = manifest.descriptor
        let tag = name.flatMap { try? ImageReference($0).tag } ?? "latest"
        descriptor.annotations[ImageLayout.tagKey] = tag
        if let name { descriptor.annotations[ImageLayout.nameKey] = name }
        let index = ImageIndex([descriptor]).value
        try writer.add(entry("index.json"), contents: Array(index.json().utf8))
        let docker = Value.map([
            "Config": .string("blobs/sha256/\(image.config.digest.hex)"),
            "RepoTags": .list(name.map { [.string($0)] } ?? []),
            "Layers": .list(image.layers.map { .string("blobs/sha256/\($0.digest.hex)") }),
        ])
        try writer.add(entry("manifest.json"), contents: Array(Value.list([docker]).json().utf8))
        try writer.add(entry("oci-layout"), contents: Array(#"{"imageLayoutVersion": "1.0.0"}"#.utf8))
    }

    /// Unpacks an archive into an empty folder and opens the layout in it.
    package static func open(_ path: String, in folder: String) throws -> ImageLayout {
        let outcome = try ArchiveExtractor.extract(
            path,
            to: folder,
            limits: ArchiveLimits(bytes: 1 << 38, entries: 20_000)
        )
        guard outcome.files.contains("oci-layout"), outcome.files.contains("index.json") else {
            throw ImageError.invalid(
                "'\(path)' is no archive of an OCI layout, which 'docker save' of Docker 25 and later and 'skopeo copy … oci-archive:' make"
            )
        }
        return try ImageLayout(opening: folder)
    }
}
