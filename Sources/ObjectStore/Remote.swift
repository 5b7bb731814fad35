/// A place outside the cache that keeps objects under their names: a directory, a bucket, a server.
///
/// Calls block until done and may come from several threads at once. An object must not be seen under its name before
/// it is complete. Implementations throw ``RemoteError``.
package protocol Remote: Sendable {
    /// The address as shown to users, without credentials.
    var address: String { get }

    /// How many transfers at a time suit the remote, when the user does not say.
    var preferredJobs: Int { get }

    /// How many small objects one thread should fetch in a row before their checksums are computed together; 1 when
    /// fetching takes longer than that saves.
    var batchSize: Int { get }

    /// The objects among those asked for that the remote has.
    func existing(among ids: [ObjectID], jobs: Int) throws -> Set<ObjectID>

    /// The objects among those asked for, which are sorted and each once, that the remote lacks, in order.
    func absent(among ids: [ObjectID], jobs: Int) throws -> [ObjectID]

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

    /// The paths of all files below a folder of the remote that are no objects, such as `runs`; relative to the root.
    func files(below folder: String) throws -> [String]

    /// Stores the content of the local file at `local` under a path relative to the remote's root.
    func uploadFile(_ path: String, from local: String) throws

    /// The bytes of a file by its path relative to the remote's root; meant for small ones.
    func downloadFile(_ path: String) throws -> [UInt8]
}

extension Remote {
    package var batchSize: Int { 1 }

    package func absent(among ids: [ObjectID], jobs: Int) throws -> [ObjectID] {
        let present = try existing(among: ids, jobs: jobs)
        return ids.filter { !present.contains($0) }
    }
}
