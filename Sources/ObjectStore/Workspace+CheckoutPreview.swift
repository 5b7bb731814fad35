/// What a checkout of one output would do.
package struct CheckoutPreview: Hashable, Sendable {
    /// Whether anything is to be done, were it only to find that objects are missing.
    package var hasChanges: Bool
    /// Files whose content would go and is not in the store.
    package var lost: [String] = []
}

extension Workspace {
    /// Tells what ``checkout(_:to:isExecutable:subpath:relink:loss:)`` would do; nothing but the stat index is written.
    package func previewCheckout(
        _ id: ObjectID,
        to path: String,
        isExecutable: Bool = false,
        subpath: String? = nil,
        relink: Bool = false
    ) throws -> CheckoutPreview {
        if !id.isTree {
            return try FileCheckout(self, id, path, isExecutable: isExecutable, relink: relink, loss: .refuse).preview()
        }
        return try TreeCheckout(self, id, path, subpath: subpath ?? "", relink: relink, loss: .refuse).preview()
    }

    /// The files at the path whose content is not in the store.
    func unsafeFiles(_ path: String) throws -> [String] {
        guard let scan = try scan(path, isTolerant: true) else { return [] }
        try Intake(scan, store: store, kind: store.kind, placement: nil).run(threads: threads)
        var lost: [String] = []
        for (number, directory) in scan.directories.enumerated() {
            for (position, record) in directory.files.enumerated() where !record.flags.contains(.isBroken) {
                if let digest = record.digest, try store.containsVerified(ObjectID(digest: digest)) { continue }
                lost.append(scan.path(FilePosition(directory: number, index: position)))
            }
        }
        return lost
    }
}
