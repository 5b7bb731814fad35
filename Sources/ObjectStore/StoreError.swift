import Basics

/// A reason why data could not be taken in, placed or found, with the path or object it is about.
package enum StoreError: HintedError, Hashable, Sendable, CustomStringConvertible {
    /// A symbolic link points nowhere.
    case brokenLink(String)
    /// A socket, pipe or device.
    case unsupportedFile(String)
    /// A `.dvcignore` lies inside an output.
    case ignoreFileInside(String)
    /// The file changed while it was read; nothing was recorded for it.
    case changedWhileRead(String)
    /// Another program has the file open for writing, so that it can be neither an object nor replaced by a link to one.
    case beingWritten(String)
    /// Data not in the cache would be overwritten or deleted; the paths, at most some hundred.
    case wouldLoseData([String])
    /// The object of a directory is not a valid manifest.
    case invalidManifest(ObjectID, ManifestError)
    /// The object's bytes do not have its checksum; it has been removed.
    case corruptObject(ObjectID)
    /// The store does not have the object.
    case missingObject(ObjectID)
    /// None of the link types works between the cache and the path.
    case noLinkType(String, [LinkType])
    /// A path in a directory that is tracked, of which nothing was recorded there.
    case unrecorded(String)
    /// There is nothing at the path.
    case missing(String)

    package var description: String {
        switch self {
        case .brokenLink(let path): "'\(path)' is a broken symbolic link"
        case .unsupportedFile(let path): "'\(path)' is neither a file nor a directory"
        case .ignoreFileInside(let path): ".dvcignore file should not be inside an output: '\(path)'"
        case .changedWhileRead(let path): "'\(path)' changed while it was read"
        case .beingWritten(let path): "'\(path)' is open for writing in another program"
        case .wouldLoseData(let paths): Self.describeLoss(paths)
        case .invalidManifest(let id, let error): "the directory object \(id) is invalid: \(error)"
        case .corruptObject(let id): "the object \(id) was corrupt and has been removed from the cache"
        case .missingObject(let id): "the object \(id) is not in the cache"
        case .noLinkType(let path, let types):
            "cannot link '\(path)' to the cache by \(types.map(\.rawValue).joined(separator: ", "))"
        case .unrecorded(let path): "nothing was recorded of '\(path)'"
        case .missing(let path): "'\(path)' does not exist"
        }
    }

    package var hint: String? {
        switch self {
        case .brokenLink: "remove the link, or let it point to a file"
        case .unsupportedFile(let path): "leave it out by a line in .dvcignore: /\(Paths.name(path))"
        case .ignoreFileInside: "move it to the top of the project"
        case .changedWhileRead: "wait until the program that writes it is done, then try again"
        case .beingWritten: "close the other program, then try again"
        case .wouldLoseData: "to keep it, run 'apus add' or 'apus commit' first; to drop it, use --force"
        case .invalidManifest, .corruptObject, .missingObject: "'apus fetch' may bring it from a remote"
        case .noLinkType: "set others: apus config cache.type reflink,copy"
        case .missing: "paths start at the current folder"
        case .unrecorded: "'apus list . --recursive --dvc-only' names the data"
        }
    }

    private static func describeLoss(_ paths: [String]) -> String {
        guard let first = paths.first else { return "data that is not in the cache would be lost" }
        let others = paths.count > 1 ? " and \(paths.count - 1) more" : ""
        return "'\(first)'\(others) would be lost: its content is not in the cache"
    }
}
