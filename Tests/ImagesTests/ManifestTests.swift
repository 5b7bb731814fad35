import Testing
import Values

@testable import Images

@Suite struct ManifestTests {
    private static let digest = "sha256:" + String(repeating: "0a", count: 32)
    private static let descriptor = #"{"mediaType": "a/b", "digest": "\#(digest)", "size": 3}"#
    private static let image =
        #"{"schemaVersion": 2, "mediaType": "\#(MediaType.manifest)", "config": \#(descriptor), "layers": [\#(descriptor)]}"#

    @Test func aManifestIsReadAndKeepsItsBytes() throws {
        let manifest = try Manifest(Array(Self.image.utf8), mediaType: MediaType.manifest + "; charset=utf-8")
        guard case .image(let image) = manifest.content else {
            Issue.record("no image")
            return
        }
        #expect(image.layers.count == 1 && image.config.size == 3)
        #expect(manifest.digest == ContentDigest(of: Array(Self.image.utf8)))
        #expect(try Manifest(image).content == manifest.content)
    }

    @Test(arguments: [
        "", "[]", "{}", "{\"schemaVersion\": 1}", #"{"schemaVersion": 2}"#,
        image.replacing("\"size\": 3", with: "\"size\": -1"), image.replacing("\"size\": 3", with: "\"size\": 1e99"),
        image.replacing("sha256:", with: "sha1:"), image.replacing("0a0a", with: "../a"),
        image.replacing("\"layers\":", with: "\"manifests\": [], \"layers\":"),
        image.replacing(MediaType.manifest, with: "text/html"),
        image.replacing("\"mediaType\": \"a/b\", ", with: ""), image.replacing("[\(descriptor)]", with: "{}"),
        String(repeating: "[", count: 100_000),
        image.replacing(
            "[\(descriptor)]",
            with: "[" + Array(repeating: descriptor, count: 1001).joined(separator: ",") + "]"
        ),
    ]) func whatIsNoManifestIsRefused(text: String) {
        #expect(throws: ImageError.self) { try Manifest(Array(text.utf8), mediaType: nil) }
    }

    @Test func aManifestThatCameAsSomethingElseIsRefused() {
        #expect(throws: ImageError.self) { try Manifest(Array(Self.image.utf8), mediaType: MediaType.index) }
        #expect(throws: ImageError.self) { try Manifest([UInt8](repeating: 0x20, count: 5 << 20), mediaType: nil) }
    }

    @Test func anIndexIsAskedForAPlatform() throws {
        var entries: [Descriptor] = []
        for (number, platform) in ["linux/amd64", "linux/arm64/v8", "unknown/unknown"].enumerated() {
            var entry = Descriptor(mediaType: MediaType.manifest, of: [UInt8(number)])
            entry.platform = try Platform(platform)
            entries.append(entry)
        }
        let index = ImageIndex(entries)
        #expect(try index.manifest(for: Platform("linux/arm64")) == entries[1])
        #expect(throws: ImageError.noPlatform("linux/s390x", available: ["linux/amd64", "linux/arm64/v8"])) {
            try index.manifest(for: Platform("linux/s390x"))
        }
        let manifest = try Manifest(index)
        #expect(manifest.content == .index(index))
    }

    @Test func aConfigurationKeepsWhatIsNotKnown() throws {
        let text =
            #"{"os": "linux", "architecture": "amd64", "strange": {"a": [1, 2.5]}, "rootfs": {"type": "layers", "diff_ids": []}, "config": {"Env": ["A=1", "B=2"], "Labels": {"x": "y"}}}"#
        var config = try ImageConfig(Array(text.utf8))
        config.setEnvironment("A", "3")
        config.setEnvironment("C", "4")
        config.labels["z"] = "w"
        config.addLayer(try ContentDigest(Self.digest), createdBy: "me", created: "now")
        let again = try ImageConfig(config.bytes)
        #expect(again.environment == ["A=3", "B=2", "C=4"])
        #expect(again.labels == ["x": "y", "z": "w"])
        #expect(again.value["strange"]?["a"]?.list?.count == 2)
        #expect(again.diffIDs.count == 1)
    }

    @Test(arguments: [
        "{}", #"{"os": "linux", "architecture": "amd64"}"#,
        #"{"os": "linux", "architecture": "amd64", "rootfs": {"diff_ids": ["x"]}}"#,
        #"{"os": "linux", "architecture": "amd64", "rootfs": {"diff_ids": [1]}}"#,
    ]) func badConfigurationsAreRefused(text: String) {
        #expect(throws: ImageError.self) { try ImageConfig(Array(text.utf8)) }
    }

    @Test func challengesAreTakenApart() {
        let fields = [
            #"Bearer realm="https://auth.test/token?a=b,c",service="reg \"x\"", scope="repository:a:pull,push""#,
            "Basic realm=x, Digest a=b",
        ]
        let challenges = Challenge.parse(fields)
        #expect(challenges.map(\.scheme) == ["bearer", "basic", "digest"])
        #expect(challenges[0].parameters["realm"] == "https://auth.test/token?a=b,c")
        #expect(challenges[0].parameters["service"] == #"reg "x""#)
        #expect(challenges[0].parameters["scope"] == "repository:a:pull,push")
        #expect(challenges[1].parameters == ["realm": "x"])
        #expect(Challenge.parse(["", ",,,", "=", "\"", "a=\"b"]).count <= 2)
    }
}
