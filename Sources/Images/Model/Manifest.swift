import OrderedCollections
import Values

/// A manifest or an index with the very bytes that its digest is of.
package struct Manifest: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case image(ImageManifest)
        case index(ImageIndex)
    }

    package let bytes: [UInt8]
    package let content: Content
    package let descriptor: Descriptor

    package var digest: ContentDigest { descriptor.digest }
    package var mediaType: String { descriptor.mediaType }

    /// What registries take at most.
    package static let sizeLimit = 4 << 20
    /// How many layers or manifests are taken.
    static let countLimit = 1000

    /// Reads a manifest; where the media type is not known from elsewhere, its own word for it counts.
    package init(_ bytes: [UInt8], mediaType: String?) throws(ImageError) {
        let what = "the manifest"
        if bytes.count > Self.sizeLimit { throw .tooLarge(what, limit: Self.sizeLimit) }
        let value = try JSONDocument.parse(bytes, what)
        guard value["schemaVersion"]?.int == 2 else { throw .malformed(what, "its version is not 2") }
        let own = value["mediaType"]?.string
        guard let type = own ?? mediaType.map(Self.plain) else { throw .malformed(what, "it has no media type") }
        // One that could be read as two things would be another image to each program.
        let hasLayers = value["layers"] != nil || value["config"] != nil
        if hasLayers, value["manifests"] != nil { throw .malformed(what, "it is a manifest and an index at once") }
        if let mediaType, let own, Self.plain(mediaType) != own, MediaType.accepted.contains(Self.plain(mediaType)) {
            throw .malformed(what, "it says '\(own)' of itself and came as '\(Self.plain(mediaType))'")
        }
        if MediaType.isIndex(type) {
            content = .index(try ImageIndex(value))
        } else if MediaType.isManifest(type) {
            content = .image(try ImageManifest(value))
        } else {
            throw .malformed(what, "'\(type.prefix(100))' is no kind of manifest that is known")
        }
        self.bytes = bytes
        descriptor = Descriptor(mediaType: type, of: bytes)
    }

    package init(_ image: ImageManifest) throws(ImageError) {
        try self.init(Array(image.value.json().utf8), mediaType: image.mediaType)
    }

    package init(_ index: ImageIndex) throws(ImageError) {
        try self.init(Array(index.value.json().utf8), mediaType: index.mediaType)
    }

    /// A media type without what may stand behind it.
    private static func plain(_ type: String) -> String {
        String(type.prefix { $0 != ";" && $0 != " " })
    }
}

/// One image: its configuration and layers.
///
/// https://github.com/opencontainers/image-spec/blob/main/manifest.md
package struct ImageManifest: Hashable, Sendable {
    package var mediaType = MediaType.manifest
    package var artifactType: String?
    package var config: Descriptor
    package var layers: [Descriptor]
    package var subject: Descriptor?
    package var annotations: [String: String] = [:]

    package init(config: Descriptor, layers: [Descriptor]) {
        self.config = config
        self.layers = layers
    }

    init(_ value: Value) throws(ImageError) {
        let what = "the manifest"
        mediaType = value["mediaType"]?.string ?? MediaType.manifest
        artifactType = value["artifactType"]?.string
        guard let config = value["config"] else { throw .malformed(what, "it has no configuration") }
        self.config = try Descriptor(config, what)
        guard let list = value["layers"]?.list, list.count <= Manifest.countLimit else {
            throw .malformed(what, "it has no proper list of layers")
        }
        layers = []
        for layer in list { layers.append(try Descriptor(layer, what)) }
        if let subject = value["subject"], subject != .null { self.subject = try Descriptor(subject, what) }
        annotations = try Annotations.read(value["annotations"], what)
    }

    var value: Value {
        var map: Value.Map = ["schemaVersion": .int(2), "mediaType": .string(mediaType)]
        if let artifactType { map["artifactType"] = .string(artifactType) }
        map["config"] = config.value
        map["layers"] = .list(layers.map(\.value))
        if let subject { map["subject"] = subject.value }
        if !annotations.isEmpty { map["annotations"] = Annotations.value(annotations) }
        return .map(map)
    }

    /// The configuration and the layers that travel with the image.
    package var blobs: [Descriptor] { [config] + layers.filter { !MediaType.isForeign($0.mediaType) } }
}

/// Images for several platforms, or what else belongs together.
///
/// https://github.com/opencontainers/image-spec/blob/main/image-index.md
package struct ImageIndex: Hashable, Sendable {
    package var mediaType = MediaType.index
    package var manifests: [Descriptor]
    package var annotations: [String: String] = [:]

    package init(_ manifests: [Descriptor]) {
        self.manifests = manifests
    }

    init(_ value: Value) throws(ImageError) {
        mediaType = value["mediaType"]?.string ?? MediaType.index
        guard let list = value["manifests"]?.list, list.count <= Manifest.countLimit else {
            throw .malformed("the index", "it has no proper list of manifests")
        }
        manifests = []
        for manifest in list { manifests.append(try Descriptor(manifest, "the index")) }
        annotations = try Annotations.read(value["annotations"], "the index")
    }

    var value: Value {
        var map: Value.Map = ["schemaVersion": .int(2), "mediaType": .string(mediaType)]
        map["manifests"] = .list(manifests.map(\.value))
        if !annotations.isEmpty { map["annotations"] = Annotations.value(annotations) }
        return .map(map)
    }

    /// The image for a platform; what is for no platform, such as an attestation, is no image.
    package func manifest(for platform: Platform) throws(ImageError) -> Descriptor {
        if let found = manifests.first(where: { $0.platform.map(platform.runs) ?? false }) { return found }
        let images = manifests.filter { $0.platform?.system != "unknown" }
        if images.count == 1, images[0].platform == nil { return images[0] }
        throw .noPlatform(platform.description, available: images.compactMap { $0.platform?.description })
    }
}

/// JSON that came from elsewhere.
enum JSONDocument {
    static func parse(_ bytes: [UInt8], _ what: String) throws(ImageError) -> Value {
        let value: Value
        do throws(SyntaxError) {
            value = try Value(json: bytes)
        } catch {
            throw .malformed(what, "it is no JSON")
        }
        guard value.map != nil else { throw .malformed(what, "it is no JSON object") }
        return value
    }
}
