import Basics
package import Deployments

/// A folder with the rendered files of a target.
package enum ManifestFolder {
    /// Writes the files, and removes those of ours that are no longer wanted; gives what was done, a line each.
    ///
    /// Files that others have made are left alone; one that stands in the way is an error before anything is written.
    package static func write(_ manifests: [Manifest], to folder: String) throws -> [String] {
        let files = ManifestFiles.files(manifests)
        try Files.makeDirectories(folder)
        for (name, _) in files {
            let path = Paths.join(folder, name)
            if let bytes = try Files.readIfPresent(path), !isOwn(bytes) { throw DeploymentError.foreignFile(path) }
        }
        var changes: [String] = []
        for (name, text) in files {
            let path = Paths.join(folder, name)
            let old = try Files.readIfPresent(path)
            if old == Array(text.utf8) { continue }
            try Files.writeAtomically(Array(text.utf8), to: path)
            changes.append("\(old == nil ? "created" : "changed") \(name)")
        }
        for name in ManifestFiles.known where !files.contains(where: { $0.name == name }) {
            let path = Paths.join(folder, name)
            guard let bytes = try Files.readIfPresent(path), isOwn(bytes) else { continue }
            try Files.remove(path)
            changes.append("removed \(name)")
        }
        return changes
    }

    private static func isOwn(_ bytes: [UInt8]) -> Bool { bytes.starts(with: ManifestFiles.heading.utf8) }
}
