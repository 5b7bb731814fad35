import Testing

@testable import Kubernetes

@Suite struct RefusalTests {
    private func refusal(_ code: Int, _ body: String, action: String = "apply Deployment 'web'") -> Refusal {
        Refusal(code: code, body: Array(body.utf8), action: action)
    }

    @Test func aConflictNamesTheOtherManager() {
        let refusal = refusal(
            409,
            status(
                409,
                "Conflict",
                #"Apply failed with 3 conflicts: conflicts with "kubectl" using apps/v1: ..."#,
                details: #"""
                    {"causes": [
                    {"reason": "FieldManagerConflict", "field": ".spec.replicas",
                     "message": "conflict with \"kubectl\" using apps/v1"},
                    {"reason": "FieldManagerConflict", "field": ".spec.paused",
                     "message": "conflict with \"kubectl\" using apps/v1"},
                    {"reason": "FieldManagerConflict", "field": ".spec.strategy",
                     "message": "conflict with \"helm\" with subresource \"scale\" using apps/v1"}]}
                    """#
            )
        )
        #expect(refusal.cause == .fieldConflict && !refusal.isTransient)
        #expect(refusal.conflicts.map(\.manager) == ["kubectl", "kubectl", "helm"])
        #expect(
            refusal.description == """
                cannot apply Deployment 'web': 'kubectl' has set .spec.replicas, .spec.paused; 'helm' has set .spec.strategy
                """
        )
        #expect(refusal.hint?.contains("--force-conflicts") == true)
    }

    @Test func aChangeMeanwhileIsAnotherConflict() {
        let refusal = refusal(409, status(409, "Conflict", "the object has been modified"))
        #expect(refusal.cause == .conflict && refusal.conflicts.isEmpty)
    }

    @Test func quotaAndRightsAreToldApart() {
        let quota = refusal(
            403,
            status(
                403,
                "Forbidden",
                #"pods "web-1" is forbidden: exceeded quota: small, requested: pods=1, used: pods=2"#
            )
        )
        #expect(quota.cause == .quota && quota.hint?.contains("ResourceQuota") == true)
        let right = refusal(403, status(403, "Forbidden", #"deployments.apps is forbidden: User "jane" cannot create"#))
        #expect(right.cause == .forbidden && right.description.contains(#"User "jane" cannot create"#))
        #expect(right.hint?.contains("RoleBinding") == true)
    }

    @Test func faultsOfFieldsAreTold() {
        let refusal = refusal(
            422,
            status(
                422,
                "Invalid",
                "Deployment is invalid",
                details:
                    #"{"causes": [{"reason": "FieldValueInvalid", "field": "spec.replicas", "message": "must be positive"}]}"#
            )
        )
        #expect(refusal.cause == .invalid)
        #expect(refusal.description.hasSuffix("Deployment is invalid; spec.replicas: must be positive"))
    }

    @Test func whatIsNoStatusIsShownInPartAndCleaned() {
        let refusal = refusal(502, "<html>\u{1B}[2Jbad\n\ngateway</html>" + String(repeating: "x", count: 9000))
        #expect(refusal.cause == .unavailable && refusal.isTransient)
        #expect(refusal.description.hasPrefix("cannot apply Deployment 'web': <html> [2Jbad gateway</html>xx"))
        #expect(refusal.description.count < 600)
        #expect(
            self.refusal(500, "").description == "cannot apply Deployment 'web': the cluster answered with status 500"
        )
        #expect(self.refusal(404, "").description.contains("nothing at this address"))
    }

    @Test(arguments: [
        (401, "Unauthorized", Refusal.Cause.unauthorized), (404, "NotFound", .notFound),
        (409, "AlreadyExists", .alreadyExists), (410, "Expired", .gone), (429, "TooManyRequests", .tooManyRequests),
        (500, "ServerTimeout", .timeout), (500, "InternalError", .other), (503, "", .unavailable),
        (504, "Timeout", .timeout), (400, "BadRequest", .invalid),
    ])
    func causesFollowCodes(_ code: Int, _ reason: String, _ cause: Refusal.Cause) {
        #expect(refusal(code, status(code, reason, "text")).cause == cause)
    }
}
