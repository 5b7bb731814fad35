import Basics

/// Why something cannot be done with a deployment.
package enum DeploymentError: HintedError, Hashable {
    /// An object, or what was to be done to it, with the cluster's words.
    package struct Refused: Hashable, Sendable {
        package let object: String
        package let reason: String

        package init(object: String, reason: String) {
            self.object = object
            self.reason = reason
        }
    }

    case noFile
    case noTargets(String)
    case targetNeeded([String])
    case unknownTarget(String, [String])
    case noImage(target: String)
    case invalidVersion(String)
    /// A file in the way that is not ours.
    case foreignFile(String)
    case missingNamespace(String)
    case notDeployed(String)
    /// Nothing was applied, since objects would be refused.
    case refused([Refused], hint: String?)
    /// Nothing was done, since the cluster could not be asked.
    case notBegun(String, hint: String?)
    /// Some objects were applied; one was refused, or there was no answer about it.
    case halfApplied(done: [String], failed: String, isRefused: Bool, reason: String, left: [String])
    /// Nothing was deleted, since some objects would not be.
    case undeletable([Refused], hint: String?)
    case halfDeleted(done: [String], reason: String, left: [String])
    /// What goes on, and why it cannot be looked at.
    case unwatched(String, String, _ hint: String?)
    case conflict(object: String, manager: String, fields: [String])
    case stuck(String, hint: String?)
    /// What went wrong, and what was done about it.
    case rolledBack(String, String, _ hint: String?)
    case noEarlierRevision(String)
    case unknownRevision(Int, known: [Int])
    case noCanary(String)
    case canaryWithoutStable(String)
    case noPod(String)
    case notForKServe(String)
    case stillThere([String])
}

extension DeploymentError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noFile: "there is no apus.yaml here or above"
        case .noTargets(let path): "'\(path)' describes no deployment"
        case .targetNeeded(let names): "which target? there are: \(names.joined(separator: ", "))"
        case .unknownTarget(let name, _): "there is no target '\(name)'"
        case .noImage(let target): "the target '\(target)' has no image"
        case .invalidVersion(let text): "'\(text)' is no version of Kubernetes such as 1.29"
        case .foreignFile(let path): "'\(path)' was not made by 'apus deploy render'"
        case .missingNamespace(let name): "the cluster has no namespace '\(name)'"
        case .notDeployed(let name): "'\(name)' is not deployed"
        case .refused(let refused, _): "nothing was applied, since the cluster refuses \(Self.list(refused))"
        case .notBegun(let reason, _): "nothing was changed: \(reason)"
        case .halfApplied(let done, let failed, let isRefused, let reason, let left):
            "the deployment \(isRefused || !done.isEmpty ? "is" : "may be") half applied: "
                + "\(failed) \(isRefused ? "was refused" : "may have failed"): \(reason)"
                + Self.line("applied", done) + Self.line("not known", isRefused ? [] : [failed])
                + Self.line("not applied", (isRefused ? [failed] : []) + left)
        case .undeletable(let refused, _): "nothing was deleted, since the cluster refuses \(Self.list(refused))"
        case .halfDeleted(let done, let reason, let left):
            "only a part was deleted: \(reason)" + Self.line("deleted", done) + Self.line("not deleted", left)
        case .unwatched(let what, let reason, _): "\(what) cannot be watched: \(reason)"
        case .conflict(let object, let manager, let fields):
            "nothing was applied, since '\(manager)' has set fields of \(object): \(fields.joined(separator: ", "))"
        case .stuck(let reason, _): reason
        case .rolledBack(let reason, let deed, _): "\(reason)\n\(deed)"
        case .noEarlierRevision(let name): "'\(name)' has no earlier revision to go back to"
        case .unknownRevision(let number, _): "there is no revision \(number)"
        case .noCanary(let name): "'\(name)' has no canary"
        case .canaryWithoutStable(let name): "'\(name)' is not deployed, so that a canary would have nothing beside it"
        case .noPod(let name): "'\(name)' has no pod that is ready"
        case .notForKServe(let verb): "'\(verb)' is for Deployments; KServe keeps revisions of its own"
        case .stillThere(let names): "deleted, but still ending: \(names.joined(separator: ", "))"
        }
    }

    package var hint: String? {
        switch self {
        case .noFile, .noTargets: "describe where a service runs under 'deploy:' (docs/deploy.md)"
        case .unknownTarget(let name, let names):
            Spelling.question(name, among: names) ?? "there are: \(names.joined(separator: ", "))"
        case .noImage: "'apus image build --push' makes one; or name it by --image, or as 'image' of the target"
        case .foreignFile: "choose another folder, or remove the file"
        case .missingNamespace: "--create-namespace makes it"
        case .notDeployed: "'apus deploy apply' deploys it"
        case .halfApplied: "apply again when the cause is gone; 'apus deploy diff' shows what is left to do"
        case .halfDeleted: "delete again when the cause is gone"
        case .refused(_, let hint), .undeletable(_, let hint), .notBegun(_, let hint): hint
        case .stuck(_, let hint), .rolledBack(_, _, let hint), .unwatched(_, _, let hint): hint
        case .conflict: "--force takes the fields over; or leave them out, as 'replicas' by 'autoscale'"
        case .unknownRevision(_, let known): "there are: \(known.map(String.init).joined(separator: ", "))"
        case .noCanary: "'apus deploy apply --canary PERCENT' starts one"
        case .canaryWithoutStable: "apply once without --canary"
        case .noPod: "'apus deploy status' says why"
        default: nil
        }
    }

    private static func list(_ refused: [Refused]) -> String {
        refused.map { "\($0.object): \($0.reason)" }.joined(separator: "\n  and ")
    }

    private static func line(_ title: String, _ names: [String]) -> String {
        names.isEmpty ? "" : "\n  \(title): \(names.joined(separator: ", "))"
    }
}
