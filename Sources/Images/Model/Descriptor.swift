import OrderedCollections
package import Values

/// What a manifest or an index says of a blob or manifest.
///
/// https://github.com/opencontainers/image-spec/blob/main/descriptor.md
package struct Descriptor: Hashable, Sendable {
    package var mediaType: String
    package var digest: ContentDigest
    package var size: Int
    package var annotations: [String: String] = [:]
    package var platform: Platform?
    package var artifactType: String?

    package init(mediaType: String, digest: ContentDigest, size: Int) {
        self.mediaType = mediaType
        self.digest = digest
        self.size = size
    }

    package init(mediaType: String, of bytes: [UInt8]) {
        self.init(mediaType: mediaType, digest: ContentDigest(of: bytes), size: bytes.count)
    }

    init(_ value: Value, _ what: String) throws(ImageError) {
        guard let type = value["mediaType"]?.string, !type.isEmpty, type.utf8.count <= 255 else {
            throw .malformed(what, "a descriptor has no media type")
        }
        guard let digest = value["digest"]?.string else { throw .malformed(what, "a descriptor has no digest") }
        guard let size = value["size"]?.int, size >= 0, size < 1 << 50 else {
            throw .malformed(what, "a descriptor has no proper size")
        }
        self.init(mediaType: type, digest: try ContentDigest(digest), size: size)
        annotations = try Annotations.read(value["annotations"], what)
        platform = Platform(value["platform"])
        artifactType = value["artifactType"]?.string
    }

    package var value: Value {
        var map: Value.Map = [
            "mediaType": .string(mediaType), "digest": .string(digest.description), "size": .int(size),
        ]
        if let artifactType { map["artifactType"] = .string(artifactType) }
        if let platform { map["platform"] = platform.value }
        if !annotations.isEmpty { map["annotations"] = Annotations.value(annotations) }
        return .map(map)
    }
}

/// Texts under names.
enum Annotations {
    static func read(_ value: Value?, _ what: String) throws(ImageError) -> [String: String] {
        guard let value, value != .null else { return [:] }
        guard let map = value.map else { throw .malformed(what, "its annotations are no mapping") }
        var annotations: [String: String] = [:]
        for (key, value) in map {
            guard let text = value.string else { throw .malformed(what, "an annotation is no text") }
            annotations[key.text] = text
        }
        return annotations
    }

    /// In the order of their names.
    static func value(_ annotations: [String: String]) -> Value {
        var map: Value.Map = [:]
        for (key, text) in annotations.sorted(by: { $0.key < $1.key }) { map[Value.Key(key)] = .string(text) }
        return .map(map)
    }
}
