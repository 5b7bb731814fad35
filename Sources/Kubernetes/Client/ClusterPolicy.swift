/// How long a cluster is waited for, and who is told what.
package struct ClusterPolicy: Sendable {
    /// For one answer, apart from those that go on: watches, logs that are followed, forwarded ports.
    package var timeout: Duration = .seconds(30)
    /// How long after a lost connection, or an answer that the server is busy, the same is tried again; not for what
    /// could be done twice that way, and not before the cluster has answered once.
    package var patience: Duration = .seconds(15)
    /// In bytes.
    package var maximumAnswer = 64 << 20
    /// The name by which the cluster's logs call this program.
    package var agent = "apus"
    /// Hears what the server warns of, such as fields that it does not know.
    package var onWarning: (@Sendable (String) -> Void)?
    /// Hears why something is tried again, once for each time that the cluster goes missing.
    package var onRetry: (@Sendable (ClusterError) -> Void)?

    package init() {}
}
