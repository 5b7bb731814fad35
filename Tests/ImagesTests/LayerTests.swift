import Archives
import Basics
import Compression
import Foundation
import Testing

@testable import Images

@Suite struct LayerTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = try Files.makeTemporaryFolder("images-")
        defer { try? Files.remove(folder) }
        try body(folder)
    }

    private func plan(_ folder: String) throws -> LayerPlan {
        let source = Paths.join(folder, "source")
        try Files.makeDirectories(Paths.join(source, "deep/er"))
        try Files.writeAtomically(Array("one".utf8), to: Paths.join(source, "deep/er/a.txt"))
        try Files.writeAtomically(Array("two".utf8), to: Paths.join(source, "b.txt"))
        var plan = LayerPlan("code")
        try plan.add(source, as: "app/src")
        plan.add(.init("app/link", .link("/models/x")))
        plan.add(.init("etc/name", .bytes([1, 2, 3]), mode: 0o600))
        return plan
    }

    @Test func theSameFilesGiveTheSameLayerElsewhereAndLater() throws {
        try withFolder { first in
            try withFolder { second in
                let one = try LayerBuilder(BlobStore(Paths.join(first, "store"))).layer(try plan(first))
                let path = Paths.join(second, "source/b.txt")
                let other = try plan(second)
                utimes(path, [timeval(tv_sec: 5, tv_usec: 0), timeval(tv_sec: 5, tv_usec: 0)])
                let two = try LayerBuilder(BlobStore(Paths.join(second, "store"))).layer(other)
                #expect(one.layer == two.layer && one.isNew && two.isNew)
            }
        }
    }

    @Test func aLayerIsATarOfSortedPathsWithTheirFolders() throws {
        try withFolder { folder in
            let store = BlobStore(Paths.join(folder, "store"))
            let layer = try LayerBuilder(store).layer(try plan(folder)).layer
            let compressed = try Files.read(store.path(layer.descriptor.digest))
            #expect(
                ContentDigest(of: compressed) == layer.descriptor.digest && compressed.count == layer.descriptor.size
            )
            let tar = try CompressionFormat.gzip.decompress(compressed, limit: 1 << 20)
            #expect(ContentDigest(of: tar) == layer.diffID)
            let reader = TarReader(MemorySource(tar))
            var paths: [String] = []
            while let entry = try reader.next() {
                paths.append(entry.path)
                #expect(entry.modified == 1)
            }
            #expect(
                paths == [
                    "app/", "app/link", "app/src/", "app/src/b.txt", "app/src/deep/", "app/src/deep/er/",
                    "app/src/deep/er/a.txt", "etc/", "etc/name",
                ]
            )
        }
    }

    @Test func whatWasMadeIsNotMadeAgainUntilItChanges() throws {
        try withFolder { folder in
            let builder = LayerBuilder(BlobStore(Paths.join(folder, "store")))
            let plan = try plan(folder)
            let first = try builder.layer(plan)
            #expect(try builder.layer(plan) == (first.layer, false))
            let path = Paths.join(folder, "source/b.txt")
            // Another file with the same bytes is the same layer.
            try Files.writeAtomically(Array("two".utf8), to: path)
            #expect(try builder.layer(plan) == (first.layer, false))
            try Files.writeAtomically(Array("owt".utf8), to: path)
            let changed = try builder.layer(plan)
            #expect(changed.isNew && changed.layer != first.layer)
            try Files.remove(builder.store.path(changed.layer.descriptor.digest))
            #expect(try builder.layer(plan) == (changed.layer, true))
        }
    }

    @Test func eachCompressionHasLayersOfItsOwnOfTheSameFiles() throws {
        try withFolder { folder in
            let store = BlobStore(Paths.join(folder, "store"))
            let plan = try plan(folder)
            let gzip = try LayerBuilder(store).layer(plan)
            let zstd = try LayerBuilder(store, .zstd).layer(plan)
            #expect(gzip.isNew && zstd.isNew && gzip.layer.diffID == zstd.layer.diffID)
            #expect(gzip.layer.descriptor.mediaType == "application/vnd.oci.image.layer.v1.tar+gzip")
            #expect(zstd.layer.descriptor.mediaType == "application/vnd.oci.image.layer.v1.tar+zstd")
            #expect(try LayerBuilder(store, .zstd).layer(plan) == (zstd.layer, false))
            #expect(try LayerBuilder(store, .gzip).layer(plan) == (gzip.layer, false))
        }
    }

    @Test(arguments: ["../x", "/x", "a//b", "a/./b", "", "a/.wh.b", "a/\u{0}"]) func badPathsAreRefused(
        path: String
    ) throws {
        var plan = LayerPlan("code")
        plan.add(.init(path, .bytes([])))
        #expect(throws: ImageError.self) { try plan.complete() }
    }

    @Test func onePathHasOneContent() throws {
        var plan = LayerPlan("code")
        plan.add(.init("a", .bytes([])))
        plan.add(.init("a/b", .bytes([])))
        #expect(throws: ImageError.self) { try plan.complete() }
        var other = LayerPlan("code")
        other.add(.init("a", .bytes([1])))
        other.add(.init("a", .bytes([2])))
        #expect(throws: ImageError.self) { try other.complete() }
    }

    @Test func linksOutOfAFolderAreTakenForFilesOnly() throws {
        try withFolder { folder in
            let source = Paths.join(folder, "source")
            try Files.makeDirectories(source)
            try Files.writeAtomically([1], to: Paths.join(folder, "object"))
            symlink(Paths.join(folder, "object"), Paths.join(source, "model"))
            symlink(folder, Paths.join(source, "circle"))
            symlink("/dev/zero", Paths.join(source, "device"))
            var plan = LayerPlan("model")
            try plan.add(source, as: "models")
            #expect(try plan.complete().map(\.path) == ["models", "models/model"])
        }
    }

    @Test func aProgramsLibrariesAreFound() throws {
        let libraries = try SystemFiles.libraries(of: ["/usr/bin/env"])
        #expect(libraries.keys.contains { $0.hasSuffix("/libc.so.6") })
        #expect(libraries.keys.contains { $0.contains("/ld-linux") })
        #expect(throws: ImageError.self) { try SystemFiles.libraries(of: ["/etc/passwd"]) }
    }

    @Test func damagedProgramsAreRefused() throws {
        try withFolder { folder in
            let program = try Files.read("/usr/bin/env")
            let path = Paths.join(folder, "program")
            var generator = SystemRandomNumberGenerator()
            for _ in 0..<300 {
                var bytes = Array(program.prefix(Int.random(in: 0...4096, using: &generator)))
                for _ in 0..<20 where !bytes.isEmpty {
                    bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
                }
                try Files.writeAtomically(bytes, to: path)
                // It does not trap.
                _ = try? SystemFiles.libraries(of: [path])
            }
        }
    }
}
