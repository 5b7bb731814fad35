/// A reason why a rollout does not go on.
package struct RolloutFinding: Sendable, Hashable {
    /// What stands in the way.
    package enum Cause: String, Sendable, Hashable {
        case quota, forbidden, unschedulable, imagePull, configuration, crash, outOfMemory, volume, notReady
        case starting, unknown
    }

    package let cause: Cause
    package let sentence: String
    package var hint: String?
    package var pod: String?
    /// The container whose last lines say more.
    package var container: String?
    /// Whether these are lines of the container's run before.
    package var isPreviousRun = false
    package var lines: [String] = []
    /// Whether it may well go away, such as a first crash.
    var mayPass = false

    /// Whether waiting seldom helps.
    package var isLasting: Bool { !mayPass && [.imagePull, .configuration, .crash, .outOfMemory].contains(cause) }

    init(_ cause: Cause, _ sentence: String, hint: String? = nil, pod: String? = nil) {
        self.cause = cause
        self.sentence = sentence
        self.hint = hint
        self.pod = pod
    }

    /// The sentence with the last lines of the log.
    package var text: String {
        if lines.isEmpty { return sentence }
        return sentence + "; its last lines:\n" + lines.map { "  | " + $0 }.joined(separator: "\n")
    }
}
