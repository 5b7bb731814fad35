/// A place outside the cache that keeps objects under their names: a directory, a bucket, a server.
///
/// Calls block until done and may come from several threads at once. An object must not be seen under its name before
/// it is complete. Implementations throw ``RemoteError``.
package protocol Remote: Sendable {
    /// The address as shown to users, without credentials.
    var address: String { get }

    /// How many transfers at a time suit the remote, when the user does not say.
    var preferredJobs: Int { get }

    /// The objects among those asked for that the remote has.
    func existing(among ids: [ObjectID], jobs: Int) throws -> Set<ObjectID>

    /// The names of all objects, in no order.
    func list(jobs: Int) throws -> [ObjectID]

    /// Stores the content of the file at `path` under the name.
    func upload(_ id: ObjectID, from path: String) throws

    /// Writes the object's bytes to `sink` in order; they are checked by the caller.
    ///
    /// Throws with kind ``RemoteError/Kind/missing`` when the remote does not have it.
    func download(_ id: ObjectID, to sink: (UnsafeRawBufferPointer) throws -> Void) throws

    /// Removes objects; those it does not have are passed by.
    func remove(_ ids: [ObjectID], jobs: Int) throws
}
