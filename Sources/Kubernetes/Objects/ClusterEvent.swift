import Values

/// What a part of the cluster told about an object.
package struct ClusterEvent: Sendable, Hashable {
    package let isWarning: Bool
    /// One word, such as `FailedScheduling`.
    package let reason: String
    package let message: String
    /// Who told it, such as `kubelet`.
    package let component: String
    package let count: Int
    /// RFC 3339, empty when unknown.
    package let lastSeen: String
    package let object: ObjectReference

    package init(_ event: ClusterObject) {
        let series = event["series"]
        isWarning = event["type"]?.string == "Warning"
        reason = event["reason"]?.string ?? ""
        message = event["message"]?.string ?? event["note"]?.string ?? ""
        component =
            event["source", "component"]?.string ?? event["reportingComponent"]?.string
            ?? event["reportingController"]?.string ?? ""
        count = series?["count"]?.int ?? event["count"]?.int ?? 1
        let times = [
            series?["lastObservedTime"], event["lastTimestamp"], event["eventTime"], event["firstTimestamp"],
            event["metadata", "creationTimestamp"],
        ]
        lastSeen = times.lazy.compactMap { $0?.string }.first { !$0.isEmpty } ?? ""
        object = ObjectReference(event["involvedObject"] ?? event["regarding"])
    }
}
