import Basics

/// A place where outputs of a project are, seen together with the store of their content.
///
/// All operations are synchronous and use a fixed number of threads. Paths of outputs are absolute and normalized.
package struct Workspace: Sendable {
    package let store: ObjectStore
    /// What earlier scans found; without it every file is read each time.
    package let index: StatIndex?
    /// What does not belong to outputs.
    package var filter: any PathFilter
    /// How files are linked to the cache, best first.
    package var linkTypes: [LinkType]
    package var threads: Int

    package init(
        store: ObjectStore,
        index: StatIndex? = nil,
        filter: any PathFilter = EmptyFilter(),
        linkTypes: [LinkType] = LinkType.standard,
        threads: Int = Workers.processorCount
    ) {
        self.store = store
        self.index = index
        self.filter = filter
        self.linkTypes = linkTypes
        self.threads = max(1, threads)
    }
}
