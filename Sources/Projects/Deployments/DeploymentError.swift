import Basics

/// Why something cannot be done with a deployment.
package enum DeploymentError: HintedError, Hashable {
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
    /// Some objects were applied, one was refused.
    case halfApplied(done: [String], failed: String, reason: String, left: [String])
    /// Nothing was applied, since one object would be refused.
    case refused(object: String, reason: String, hint: String?)
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
        case .halfApplied(let done, let failed, let reason, let left):
            "the deployment is half applied: \(failed) was refused: \(reason)\n"
                + "  applied: \(done.joined(separator: ", "))\n"
                + "  not applied: \(([failed] + left).joined(separator: ", "))"
        case .refused(let object, let reason, _): "nothing was applied, since the cluster refuses \(object): \(reason)"
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
        case .refused(_, _, let hint), .stuck(_, let hint), .rolledBack(_, _, let hint): hint
        case .conflict: "--force takes the fields over; or leave them out, as 'replicas' by 'autoscale'"
        case .unknownRevision(_, let known): "there are: \(known.map(String.init).joined(separator: ", "))"
        case .noCanary: "'apus deploy apply --canary PERCENT' starts one"
        case .canaryWithoutStable: "apply once without --canary"
        case .noPod: "'apus deploy status' says why"
        default: nil
        }
    }
}
