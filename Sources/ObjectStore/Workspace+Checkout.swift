import Basics
import CSystemCalls
import Digests
import Glibc

extension Workspace {
    /// Makes the output what the object says; writes only what differs.
    ///
    /// With `subpath`, only that file or directory inside a directory output is made. With `relink`, files of the
    /// right content are linked anew where their kind is not what the link types want. Before anything changes, the
    /// policy decides about files whose content is not in the store. Objects the store lacks are reported in the
    /// result, and their files left as they were. Files are complete from the moment they have their name.
    package func checkout(
        _ id: ObjectID,
        to path: String,
        isExecutable: Bool = false,
        subpath: String? = nil,
        relink: Bool = false,
        loss: LossPolicy = .refuse
    ) throws -> CheckoutResult {
        if !id.isTree {
            return try FileCheckout(self, id, path, isExecutable: isExecutable, relink: relink, loss: loss).run()
        }
        return try TreeCheckout(self, id, path, subpath: subpath ?? "", relink: relink, loss: loss).run()
    }

    /// Removes the output; data that is not in the store is subject to the policy. Ignored files stay.
    package func remove(_ path: String, loss: LossPolicy = .refuse) throws -> CheckoutResult {
        var result = CheckoutResult()
        guard let status = try Files.status(path) else { return result }
        if status.kind == .symbolicLink {
            try Files.remove(path)
            result.deleted = 1
        } else if status.kind == .directory {
            result = try TreeCheckout(self, Tree.empty.id, path, subpath: "", relink: false, loss: loss).run()
            Self.removeSkeleton(path)
        } else {
            try requireSafe(path, loss)
            try Files.remove(path)
            result.deleted = 1
        }
        result.change = .deleted
        index?.forget(path)
        return result
    }

    /// Asks the policy about a single file unless its content is in the store.
    func requireSafe(_ path: String, _ loss: LossPolicy) throws {
        try loss.decide(unsafeFiles(path))
    }

    /// Removes a directory that holds nothing but directories and symbolic links; what else there is stays.
    private static func removeSkeleton(_ path: String) {
        guard let entries = try? Files.entries(in: path) else { return }
        for entry in entries {
            let inner = Paths.join(path, entry.name)
            if entry.kind == .directory { removeSkeleton(inner) }
            if entry.kind == .symbolicLink { unlink(inner) }
        }
        rmdir(path)
    }
}
