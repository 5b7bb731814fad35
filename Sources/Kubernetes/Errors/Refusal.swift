import Values

/// The `Status` with which a cluster says no.
///
/// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/
package struct Refusal: Hashable, Sendable, CustomStringConvertible {
    /// What kind of no it is.
    package enum Cause: Hashable, Sendable {
        case unauthorized
        case forbidden
        case notFound
        case alreadyExists
        /// Somebody else changed the object meanwhile.
        case conflict
        /// Fields belong to another manager.
        case fieldConflict
        /// A quota of the namespace is used up.
        case quota
        case invalid
        /// The history asked for is no longer kept.
        case gone
        case tooManyRequests
        case timeout
        case unavailable
        case other
    }

    /// A fault of one field.
    package struct Detail: Hashable, Sendable {
        package let field: String
        package let message: String
        package let reason: String
    }

    /// A field that another manager set.
    package struct FieldConflict: Hashable, Sendable {
        package let manager: String
        package let field: String
    }

    package let cause: Cause
    /// The status of HTTP.
    package let code: Int
    /// One word of the cluster, such as `Forbidden`.
    package let reason: String
    /// The cluster's own words.
    package let message: String
    package let details: [Detail]
    package let conflicts: [FieldConflict]
    /// What was asked for: `apply Deployment 'web'`.
    package let action: String
    /// Seconds to wait before asking again, when the cluster says so.
    package let retryAfter: Int?

    /// Reads the body of an answer; one that is no `Status`, as proxies send them, becomes the message.
    init(code: Int, body: [UInt8], action: String, retryAfter: Int? = nil) {
        let status = (try? Value(json: body)).flatMap { $0["kind"]?.string == "Status" ? $0 : nil }
        self.init(status: status, code: code, text: status == nil ? body : [], action: action, retryAfter: retryAfter)
    }

    /// Reads a `Status`, which may also arrive as an event of a watch.
    init(status: Value?, code: Int, text: [UInt8] = [], action: String, retryAfter: Int? = nil) {
        let code = status?["code"]?.int ?? code
        let causes = status?["details"]?["causes"]?.list ?? []
        self.code = code
        self.action = action
        reason = status?["reason"]?.string ?? ""
        message = Printable.text(status?["message"]?.string ?? String(decoding: text.prefix(400), as: UTF8.self))
        details = causes.prefix(50).map {
            Detail(
                field: Printable.text($0["field"]?.string ?? ""),
                message: Printable.text($0["message"]?.string ?? ""),
                reason: $0["reason"]?.string ?? ""
            )
        }
        conflicts = details.filter { $0.reason == "FieldManagerConflict" }.map(FieldConflict.init)
        cause = Self.cause(code, reason, message, hasFieldConflicts: !conflicts.isEmpty)
        self.retryAfter = status?["details"]?["retryAfterSeconds"]?.int ?? retryAfter
    }

    private static func cause(_ code: Int, _ reason: String, _ message: String, hasFieldConflicts: Bool) -> Cause {
        switch (code, reason) {
        case (401, _): .unauthorized
        case (403, _): message.contains("exceeded quota") ? .quota : .forbidden
        case (404, _): .notFound
        case (409, "AlreadyExists"): .alreadyExists
        case (409, _): hasFieldConflicts ? .fieldConflict : .conflict
        case (410, _): .gone
        case (400, _), (422, _): .invalid
        case (429, _): .tooManyRequests
        case (408, _), (504, _): .timeout
        case (500, "ServerTimeout"), (500, "Timeout"): .timeout
        case (502, _), (503, _): .unavailable
        default: .other
        }
    }

    /// Whether the same may well succeed a moment later.
    package var isTransient: Bool {
        switch cause {
        case .tooManyRequests, .timeout, .unavailable: true
        default: false
        }
    }
}

extension Refusal.FieldConflict {
    /// Takes `conflict with "kubectl" using apps/v1 at 2026-…` apart.
    fileprivate init(_ detail: Refusal.Detail) {
        let parts = detail.message.split(separator: "\"", omittingEmptySubsequences: false)
        self.init(manager: parts.count > 2 ? String(parts[1]) : detail.message, field: detail.field)
    }
}
