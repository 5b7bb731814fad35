import Basics
import Foundation
import Testing

@testable import Images

@Suite struct LayoutTests {
    private func withLayout(_ body: (ImageLayout, String) throws -> Void) throws {
        let folder = try Files.makeTemporaryFolder("images-")
        defer { try? Files.remove(folder) }
        try body(try ImageLayout(creating: Paths.join(folder, "layout")), folder)
    }

    /// A small image.
    private func image(_ layout: ImageLayout, _ text: String = "hello") throws -> Manifest {
        var plan = LayerPlan("code")
        plan.add(.init("greeting", .bytes(Array(text.utf8))))
        var assembly = ImageAssembly(platform: try Platform("linux/amd64"))
        assembly.parts = [.init(name: "code", layer: try LayerBuilder(layout.blobs).layer(plan).layer)]
        return try assembly.store(in: layout).manifest
    }

    @Test func anImageIsFoundByItsTagAndDigest() throws {
        try withLayout { layout, _ in
            let (first, second) = (try image(layout), try image(layout, "bye"))
            try layout.set(first, tag: "one")
            #expect(try layout.manifest(nil) == first)
            try layout.set(second, tag: "two")
            #expect(try layout.manifest("one") == first && layout.manifest("two") == second)
            #expect(try layout.manifest(second.digest.description) == second)
            #expect(throws: ImageError.self) { try layout.manifest(nil) }
            #expect(throws: ImageError.self) { try layout.manifest("three") }
            try layout.set(second, tag: "one")
            #expect(try layout.manifest("one") == second)
            #expect(try ImageLayout(opening: layout.root).index().manifests.count == 2)
        }
    }

    @Test func theImageThatWasBuiltLastIsMeantUnlessAnotherHasTheVeryName() throws {
        try withLayout { layout, _ in
            let (old, named, new) = (try image(layout, "old"), try image(layout, "named"), try image(layout, "new"))
            try layout.set(old, tag: "1", folder: "/here")
            try layout.set(named, tag: "2", name: "host.test/a/b:2", folder: "/here")
            try layout.set(new, tag: "3", folder: "/here")
            try layout.set(old, tag: "4", folder: "/there")
            func last(_ name: String?) throws -> (Manifest, name: String?) {
                try layout.lastImage(try name.map { try ImageReference($0) }, of: "/here")
            }
            #expect(try last(nil).0 == new)
            #expect(try last("host.test/x:1").0 == new)
            #expect(try last("host.test/x:2").0 == new)
            let found = try last("host.test/a/b:2")
            #expect(found.0 == named && found.name == "host.test/a/b:2")
            // Built once more, an image is the last one again.
            try layout.set(old, tag: "1", folder: "/here")
            #expect(try last("host.test/x:3").0 == old)
            #expect(throws: ImageError.self) { try layout.lastImage(nil, of: "/nowhere") }
        }
    }

    @Test func copiesAreChecked() throws {
        try withLayout { layout, folder in
            let manifest = try image(layout)
            guard case .image(let image) = manifest.content else { return }
            let target = try ImageLayout(creating: Paths.join(folder, "other"))
            let path = layout.blobs.path(image.layers[0].digest)
            let bytes = try Files.read(path)
            var wrong = bytes
            wrong[wrong.count / 2] ^= 1
            try Files.writeAtomically(wrong, to: path)
            #expect(throws: ImageError.self) { try target.copy(manifest, from: layout) }
            try Files.writeAtomically(bytes + [0], to: path)
            #expect(throws: ImageError.self) { try target.copy(manifest, from: layout) }
            try Files.remove(path)
            #expect(throws: ImageError.self) { try target.copy(manifest, from: layout) }
            // A link to a file with the right bytes is none of the layout's.
            try Files.writeAtomically(bytes, to: Paths.join(folder, "outside"))
            symlink(Paths.join(folder, "outside"), path)
            #expect(throws: ImageError.self) { try target.copy(manifest, from: layout) }
            try Files.remove(path)
            try Files.writeAtomically(bytes, to: path)
            #expect(try target.copy(manifest, from: layout) == manifest)
            #expect(try target.blobs.contains(image.layers[0]))
            let left = try Files.names(in: Paths.join(target.root, "blobs/sha256"))
            #expect(left.count == 3)
        }
    }

    @Test func whatIsOldAndNotListedGoes() throws {
        try withLayout { layout, _ in
            var manifests: [Manifest] = []
            for number in 0..<5 {
                manifests.append(try image(layout, "\(number)"))
                try layout.set(manifests[number], tag: "\(number)")
            }
            let bill = try BillOfMaterials(creator: "a", created: "b").store(
                about: manifests[0].descriptor,
                name: "x",
                in: layout
            )
            try layout.list(referrers: [bill])
            #expect(try layout.referrers(of: manifests[0]) == [bill])
            try layout.prune(keeping: 3, days: 1)
            #expect(try layout.tags() == ["2", "3", "4"])
            #expect(try layout.referrers(of: manifests[0]).isEmpty)
            // What is new is left alone.
            #expect(try layout.blobs.contains(manifests[0].descriptor))
            try layout.prune(keeping: 3, days: -1)
            #expect(try !layout.blobs.contains(manifests[0].descriptor))
            let target = try ImageLayout(creating: layout.root + "-copy")
            for number in 2..<5 { _ = try target.copy(manifests[number], from: layout) }
        }
    }

    @Test func aFolderWithOtherThingsBecomesNoLayout() throws {
        try withLayout { _, folder in
            #expect(throws: ImageError.self) { try ImageLayout(creating: folder) }
            #expect(throws: ImageError.self) { try ImageLayout(opening: folder) }
        }
    }

    @Test func anArchiveComesBack() throws {
        try withLayout { layout, folder in
            let manifest = try image(layout)
            let path = Paths.join(folder, "image.tar")
            try ImageArchive.write(manifest, of: layout, name: "localhost/app:1", to: path)
            let first = try Files.read(path)
            try ImageArchive.write(manifest, of: layout, name: "localhost/app:1", to: path)
            #expect(try Files.read(path) == first)
            let unpacked = Paths.join(folder, "unpacked")
            try Files.makeDirectories(unpacked)
            let again = try ImageArchive.open(path, in: unpacked)
            #expect(try again.manifest("1") == manifest)
            #expect(try ImageLayout(creating: Paths.join(folder, "third")).copy(manifest, from: again) == manifest)
        }
    }

    @Test(arguments: [
        ("oci:a/b:tag", "oci:/w/a/b:tag"), ("oci:/a", "oci:/a"), ("./x", "oci:/w/x"),
        ("image.tar", "docker.io/library/image.tar"),
        ("./image.tar", "oci-archive:/w/image.tar"), ("docker-archive:i.tar", "oci-archive:/w/i.tar"),
        ("docker://debian", "docker.io/library/debian"), ("host:5000/a:b", "host:5000/a:b"),
        ("oci:a@sha256:" + String(repeating: "0", count: 64), "oci:/w/a@sha256:" + String(repeating: "0", count: 64)),
    ]) func placesAreRead(text: String, expected: String) throws {
        #expect(try ImagePlace(text, directory: "/w").description == expected)
    }

    @Test func theBillOfMaterialsIsAboutItsImage() throws {
        try withLayout { layout, _ in
            let manifest = try image(layout)
            var bill = BillOfMaterials(creator: "apus-1", created: "2026-01-01T00:00:00Z")
            bill.packages = [.init(name: "numpy", version: "2.0", locator: "pkg:pypi/numpy@2.0")]
            let stored = try bill.store(about: manifest.descriptor, name: "app", in: layout)
            guard case .image(let image) = stored.content else { return }
            #expect(image.subject == manifest.descriptor && image.artifactType == MediaType.spdx)
            let json =
                try JSONSerialization.jsonObject(
                    with: Data(try layout.blobs.read(image.layers[0], limit: 1 << 20))
                ) as? [String: Any]
            #expect(json?["spdxVersion"] as? String == "SPDX-2.3")
            #expect((json?["packages"] as? [Any])?.count == 2)
        }
    }
}
