import Basics
import OrderedCollections
import Values

/// A folder with images: OCI's image layout.
///
/// https://github.com/opencontainers/image-spec/blob/main/image-layout.md
package struct ImageLayout: Sendable {
    package let root: String
    package let blobs: BlobStore

    static let tagKey = "org.opencontainers.image.ref.name"
    /// The name as containerd and Docker's `load` read it.
    static let nameKey = "io.containerd.image.name"

    /// Which image an entry refers to.
    private static let subjectKey = "dev.apus.subject"
    /// The project whose image it is.
    private static let folderKey = "dev.apus.folder"

    private init(root: String) {
        self.root = root
        blobs = BlobStore(root)
    }

    /// Opens a layout that is there.
    package init(opening root: String) throws(ImageError) {
        self.init(root: root)
        let path = Paths.join(root, "oci-layout")
        guard let bytes = try mappingFileErrors({ () throws(FileError) in try Files.readIfPresent(path) }) else {
            throw .missing("image layout at '\(root)'")
        }
        let value = try JSONDocument.parse(bytes, "'\(path)'")
        guard value["imageLayoutVersion"]?.string == "1.0.0" else {
            throw .malformed("'\(path)'", "its version is not 1.0.0")
        }
    }

    /// Opens a layout, or makes one in a folder that is new or empty.
    package init(creating root: String) throws(ImageError) {
        if Files.exists(Paths.join(root, "oci-layout")) {
            try self.init(opening: root)
            return
        }
        self.init(root: root)
        try mappingFileErrors { () throws(FileError) in
            try Files.makeDirectories(root)
            let strangers = try Files.names(in: root).filter { $0 != "blobs" && $0 != "index.json" }
            // Nobody wants blobs between other files.
            if !strangers.isEmpty { throw FileError("make an image layout of", root, code: 39) }
            try Files.writeAtomically(
                Array(#"{"imageLayoutVersion": "1.0.0"}"#.utf8),
                to: Paths.join(root, "oci-layout")
            )
        }
    }

    private var indexPath: String { Paths.join(root, "index.json") }

    /// What the layout lists.
    package func index() throws(ImageError) -> ImageIndex {
        let path = indexPath
        guard let bytes = try mappingFileErrors({ () throws(FileError) in try Files.readIfPresent(path) }) else {
            return ImageIndex([])
        }
        guard bytes.count <= Manifest.sizeLimit else { throw .tooLarge("'\(path)'", limit: Manifest.sizeLimit) }
        return try ImageIndex(try JSONDocument.parse(bytes, "'\(path)'"))
    }

    /// The manifest of a tag or digest; of the only one when none is asked for.
    package func manifest(_ selector: String?) throws(ImageError) -> Manifest {
        let all = try index().manifests.filter { $0.annotations[Self.subjectKey] == nil }
        let found =
            if let selector {
                all.last { Self.names($0).contains(selector) || $0.digest.description == selector }
            } else {
                all.count == 1 ? all.first : nil
            }
        if let found { return try manifest(found) }
        let tags = all.flatMap(Self.names).joined(separator: ", ")
        if let selector { throw .missing("'\(selector)' in the layout '\(root)'" + (tags.isEmpty ? "" : " (\(tags))")) }
        throw all.isEmpty
            ? .missing("image in the layout '\(root)'")
            : .invalid("the layout '\(root)' has several images: \(tags)")
    }

    /// The image of a folder that was listed last, or the last that was built under the wanted name, with the name that it
    /// was given.
    ///
    /// A tag alone says nothing: an image that once had it is not the one that was built just now.
    package func lastImage(
        _ wanted: ImageReference?,
        of folder: String
    ) throws(ImageError) -> (Manifest, name: String?) {
        let all = try index().manifests.filter {
            $0.annotations[Self.subjectKey] == nil && $0.annotations[Self.folderKey] == folder
        }
        let named = all.last { entry in wanted.map { entry.annotations[Self.nameKey] == $0.description } ?? false }
        guard let entry = named ?? all.last else { throw .nothingBuilt }
        return (try manifest(entry), entry.annotations[Self.nameKey])
    }

    /// The tags, in the order of the index.
    package func tags() throws(ImageError) -> [String] {
        try index().manifests.compactMap { $0.annotations[Self.tagKey] }
    }

    private static func names(_ descriptor: Descriptor) -> [String] {
        [descriptor.annotations[tagKey], descriptor.annotations[nameKey]].compactMap(\.self)
    }

    /// The manifest that a descriptor names.
    package func manifest(_ descriptor: Descriptor) throws(ImageError) -> Manifest {
        try Manifest(try blobs.read(descriptor, limit: Manifest.sizeLimit), mediaType: descriptor.mediaType)
    }

    /// Lists a manifest under a tag, in place of the one that had it; it must be in the layout.
    ///
    /// Where several projects share a layout, each has tags of its own; `folder` is the project's.
    package func set(
        _ manifest: Manifest,
        tag: String?,
        name: String? = nil,
        folder: String? = nil
    ) throws(ImageError) {
        var index = try index()
        var entry = manifest.descriptor
        if let tag { entry.annotations[Self.tagKey] = tag }
        if let name { entry.annotations[Self.nameKey] = name }
        if let folder { entry.annotations[Self.folderKey] = folder }
        index.manifests.removeAll { other in
            guard other.annotations[Self.folderKey] == folder else { return false }
            return tag == nil
                ? other.digest == entry.digest && other.annotations[Self.tagKey] == nil
                : other.annotations[Self.tagKey] == tag
        }
        index.manifests.append(entry)
        try write(index)
    }

    private func write(_ index: ImageIndex) throws(ImageError) {
        let (path, bytes) = (indexPath, Array(index.value.json().utf8))
        try mappingFileErrors { () throws(FileError) in try Files.writeAtomically(bytes, to: path) }
    }

    /// Lists manifests that refer to others of the layout, in place of those whose subjects are gone.
    package func list(referrers manifests: [Manifest]) throws(ImageError) {
        var index = try index()
        for manifest in manifests {
            guard case .image(let image) = manifest.content, let subject = image.subject else { continue }
            var entry = manifest.descriptor
            entry.artifactType = image.artifactType
            entry.annotations[Self.subjectKey] = subject.digest.description
            index.manifests.removeAll { $0.digest == entry.digest }
            index.manifests.append(entry)
        }
        let subjects = Set(try subjects(index).map(\.description))
        index.manifests.removeAll { $0.annotations[Self.subjectKey].map { !subjects.contains($0) } ?? false }
        try write(index)
    }

    /// Takes all but the last images from the list, with what refers to them.
    func forget(keeping count: Int) throws(ImageError) {
        var index = try index()
        let images = index.manifests.filter { $0.annotations[Self.subjectKey] == nil }
        guard images.count > count else { return }
        let old = Set(images.dropLast(count).map(\.digest)).subtracting(images.suffix(count).map(\.digest))
        index.manifests.removeAll { old.contains($0.digest) }
        try write(index)
        try list(referrers: [])
    }

    /// The images that others may refer to.
    private func subjects(_ index: ImageIndex) throws(ImageError) -> [ContentDigest] {
        var digests: [ContentDigest] = []
        for descriptor in index.manifests where descriptor.annotations[Self.subjectKey] == nil {
            digests.append(descriptor.digest)
            guard MediaType.isIndex(descriptor.mediaType), try blobs.contains(descriptor),
                case .index(let inner) = try manifest(descriptor).content
            else { continue }
            digests += inner.manifests.map(\.digest)
        }
        return digests
    }

    /// The manifests of the layout that refer to an image, or to an image of an index.
    package func referrers(of subject: Manifest) throws(ImageError) -> [Manifest] {
        var wanted = [subject.digest.description]
        if case .index(let index) = subject.content { wanted += index.manifests.map(\.digest.description) }
        var found: [Manifest] = []
        for descriptor in try index().manifests {
            guard let digest = descriptor.annotations[Self.subjectKey], wanted.contains(digest) else { continue }
            found.append(try manifest(descriptor))
        }
        return found
    }

    /// Stores a manifest.
    package func add(_ manifest: Manifest) throws(ImageError) {
        try blobs.add(manifest.bytes, mediaType: manifest.mediaType)
    }
}
