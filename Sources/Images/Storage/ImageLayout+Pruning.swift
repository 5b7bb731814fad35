import Basics
import Glibc

extension ImageLayout {
    /// Forgets all but the last images, and removes the blobs that none of them needs and that were made days ago.
    ///
    /// What cannot be removed stays for the next time.
    package func prune(keeping count: Int = 20, days: Int = 14) throws(ImageError) {
        try forget(keeping: count)
        guard let needed = try? needed(), let folder = try? Files.names(in: Paths.join(root, "blobs/sha256")) else {
            return
        }
        let limit = (Int(time(nil)) - days * 86_400) * 1_000_000_000
        for name in folder where !needed.contains(name) {
            Self.remove(Paths.join(root, "blobs/sha256/" + name), before: limit)
        }
        for name in (try? Files.names(in: Paths.join(root, "layers"))) ?? [] {
            Self.remove(Paths.join(root, "layers/" + name), before: limit)
        }
    }

    private static func remove(_ path: String, before limit: Int) {
        guard let status = (try? Files.status(path)) ?? nil, status.kind == .regular, status.modified < limit else {
            return
        }
        try? Files.remove(path)
    }

    /// The digits of the blobs that belong to what is listed.
    private func needed() throws(ImageError) -> Set<String> {
        var digits: Set<String> = []
        var pending = try index().manifests
        while let descriptor = pending.popLast() {
            guard digits.insert(descriptor.digest.hex).inserted, try blobs.contains(descriptor) else { continue }
            switch try manifest(descriptor).content {
            case .image(let image): for blob in image.blobs { digits.insert(blob.digest.hex) }
            case .index(let index): pending += index.manifests
            }
        }
        return digits
    }
}
