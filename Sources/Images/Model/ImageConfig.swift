import OrderedCollections
package import Values

/// The configuration of an image; what is not known here is kept as it was.
///
/// https://github.com/opencontainers/image-spec/blob/main/config.md
package struct ImageConfig: Hashable, Sendable {
    private var map: Value.Map

    package static let sizeLimit = 8 << 20

    /// An image without anything.
    package init(platform: Platform) {
        map = ["architecture": .string(platform.architecture), "os": .string(platform.system)]
        if let variant = platform.variant { map["variant"] = .string(variant) }
        map["config"] = .map([:])
        map["rootfs"] = .map(["type": .string("layers"), "diff_ids": .list([])])
        map["history"] = .list([])
    }

    package init(_ bytes: [UInt8]) throws(ImageError) {
        let what = "the configuration of the image"
        let value = try JSONDocument.parse(bytes, what)
        map = value.map ?? [:]
        guard Platform(value) != nil else { throw .malformed(what, "it has no platform") }
        guard let list = value["rootfs"]?["diff_ids"]?.list, list.count <= Manifest.countLimit else {
            throw .malformed(what, "it has no proper list of layers")
        }
        for id in list { _ = try ContentDigest(id.string ?? "") }
    }

    package var bytes: [UInt8] { Array(Value.map(map).json().utf8) }
    package var value: Value { .map(map) }

    package var platform: Platform { Platform(value) ?? .current }

    /// The digests of the layers before they were compressed.
    package var diffIDs: [ContentDigest] {
        (value["rootfs"]?["diff_ids"]?.list ?? []).compactMap { try? ContentDigest($0.string ?? "") }
    }

    /// How a container is run: `Env`, `Entrypoint`, `User` and so on.
    package subscript(key: Value.Key) -> Value? {
        get { map["config"]?[key] }
        set {
            var config = map["config"]?.map ?? [:]
            config[key] = newValue
            map["config"] = .map(config)
        }
    }

    package var created: String? {
        get { map["created"]?.string }
        set { map["created"] = newValue.map { .string($0) } }
    }

    package var author: String? {
        get { map["author"]?.string }
        set { map["author"] = newValue.map { .string($0) } }
    }

    package var labels: [String: String] {
        get { (self["Labels"]?.map ?? [:]).reduce(into: [:]) { $0[$1.key.text] = $1.value.string } }
        set { self["Labels"] = newValue.isEmpty ? nil : Annotations.value(newValue) }
    }

    /// `NAME=value`, each name once.
    package var environment: [String] {
        get { (self["Env"]?.list ?? []).compactMap(\.string) }
        set { self["Env"] = newValue.isEmpty ? nil : .list(newValue.map { .string($0) }) }
    }

    package mutating func setEnvironment(_ name: String, _ text: String) {
        let entry = "\(name)=\(text)"
        var all = environment
        if let index = all.firstIndex(where: { $0.hasPrefix(name + "=") }) {
            all[index] = entry
        } else {
            all.append(entry)
        }
        environment = all
    }

    /// Adds a layer on top.
    package mutating func addLayer(_ diffID: ContentDigest, createdBy: String, created: String) {
        let ids = (value["rootfs"]?["diff_ids"]?.list ?? []) + [.string(diffID.description)]
        map["rootfs"] = .map(["type": .string("layers"), "diff_ids": .list(ids)])
        let entry: Value.Map = ["created": .string(created), "created_by": .string(createdBy)]
        map["history"] = .list((map["history"]?.list ?? []) + [.map(entry)])
    }
}
