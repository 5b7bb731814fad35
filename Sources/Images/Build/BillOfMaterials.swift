import OrderedCollections
import Values

/// What an image is made of, as SPDX 2.3 has it.
///
/// https://spdx.github.io/spdx-spec/v2.3/
package struct BillOfMaterials: Sendable {
    package struct Package: Hashable, Sendable {
        package let name: String
        package let version: String?
        package let digest: ContentDigest?
        /// A package URL, where there is one.
        package let locator: String?

        package init(name: String, version: String? = nil, digest: ContentDigest? = nil, locator: String? = nil) {
            self.name = name
            self.version = version
            self.digest = digest
            self.locator = locator
        }
    }

    package var packages: [Package] = []
    package let creator: String
    package let created: String

    package init(creator: String, created: String) {
        self.creator = creator
        self.created = created
    }

    /// The document about an image.
    func document(about image: Descriptor, name: String) -> [UInt8] {
        var list: [Value] = [
            package(Package(name: name, digest: image.digest), id: "SPDXRef-Image")
        ]
        var relations = [relation("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Image")]
        for (index, each) in packages.enumerated() {
            list.append(package(each, id: "SPDXRef-Package-\(index)"))
            relations.append(relation("SPDXRef-Image", "CONTAINS", "SPDXRef-Package-\(index)"))
        }
        let document: Value.Map = [
            "spdxVersion": .string("SPDX-2.3"), "dataLicense": .string("CC0-1.0"),
            "SPDXID": .string("SPDXRef-DOCUMENT"), "name": .string(name),
            "documentNamespace": .string("https://spdx.org/spdxdocs/\(image.digest.hex)"),
            "creationInfo": .map(["created": .string(created), "creators": .list([.string("Tool: \(creator)")])]),
            "packages": .list(list), "relationships": .list(relations),
        ]
        return Array(Value.map(document).json(indent: 1).utf8)
    }

    private func package(_ package: Package, id: String) -> Value {
        var map: Value.Map = ["SPDXID": .string(id), "name": .string(package.name)]
        if let version = package.version { map["versionInfo"] = .string(version) }
        map["downloadLocation"] = .string("NOASSERTION")
        map["filesAnalyzed"] = .bool(false)
        if let digest = package.digest {
            map["checksums"] = .list([.map(["algorithm": .string("SHA256"), "checksumValue": .string(digest.hex)])])
        }
        if let locator = package.locator {
            let reference: Value.Map = [
                "referenceCategory": .string("PACKAGE-MANAGER"), "referenceType": .string("purl"),
                "referenceLocator": .string(locator),
            ]
            map["externalRefs"] = .list([.map(reference)])
        }
        return .map(map)
    }

    private func relation(_ from: String, _ type: String, _ to: String) -> Value {
        .map([
            "spdxElementId": .string(from), "relationshipType": .string(type), "relatedSpdxElement": .string(to),
        ])
    }

    /// Stores the document, and the manifest that says what it is about.
    package func store(about image: Descriptor, name: String, in layout: ImageLayout) throws(ImageError) -> Manifest {
        let document = try layout.blobs.add(document(about: image, name: name), mediaType: MediaType.spdx)
        let empty = try layout.blobs.add(Array("{}".utf8), mediaType: MediaType.empty)
        var manifest = ImageManifest(config: empty, layers: [document])
        manifest.artifactType = MediaType.spdx
        manifest.subject = Descriptor(mediaType: image.mediaType, digest: image.digest, size: image.size)
        manifest.annotations = ["org.opencontainers.image.created": created]
        let stored = try Manifest(manifest)
        try layout.add(stored)
        return stored
    }
}
