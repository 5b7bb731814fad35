/// What happens to the objects that are watched.
package enum ObjectChange: Sendable {
    /// All that there are: at the start, and again after the server has forgotten what changed meanwhile. Others that
    /// were known are gone.
    case listed([ClusterObject])
    /// One is new or was changed.
    case put(ClusterObject)
    /// One is gone; this is how it was last.
    case removed(ClusterObject)
    /// The cluster is out of reach, and tried again.
    case lost(ClusterError)
    /// It answers again.
    case resumed
}

/// Objects to watch.
package struct WatchTarget: Sendable, Hashable {
    package let kind: Kind
    package let selection: Selection

    package init(_ kind: Kind, _ selection: Selection = Selection()) {
        self.kind = kind
        self.selection = selection
    }
}
