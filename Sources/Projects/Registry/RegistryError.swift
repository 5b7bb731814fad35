import Basics

/// Why something cannot be done with the models of a project.
package enum RegistryError: HintedError, Hashable {
    case invalidName(String)
    case invalidStage(String)
    case invalidVersion(String)
    /// A stage that `.gto` does not list.
    case unknownStage(String, known: [String])
    case invalidConfiguration(String)
    /// No artifact and no tag has the name.
    case unknownModel(String, known: [String])
    /// An artifact that `dvc.yaml` does not have at a revision.
    case notAnArtifact(String, revision: String)
    case noVersion(String)
    case versionMissing(String, version: String)
    case stageMissing(String, stage: String)
    case commitRegistered(String, version: String)
    case versionTaken(String, version: String)
    case alreadyDeregistered(String, version: String)
    case alreadyDeprecated(String)
    case alreadyAssigned(String, version: String, stage: String)
    case notAssigned(String, stage: String)
    /// An entry of `dvc.yaml` that would be changed.
    case artifactExists(String, file: String)
    case severalSelectors
    case noCommit
}

extension RegistryError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidName(let name): "'\(name)' cannot be the name of a model"
        case .invalidStage(let stage): "'\(stage)' cannot be the name of a stage"
        case .invalidVersion(let version): "'\(version)' is not a version"
        case .unknownStage(let stage, _): "the stage '\(stage)' is not among those in '.gto'"
        case .invalidConfiguration(let reason): "'.gto' cannot be used: \(reason)"
        case .unknownModel(let name, _): "there is no model '\(name)'"
        case .notAnArtifact(let name, let revision): "no artifact '\(name)' is in dvc.yaml at '\(revision)'"
        case .noVersion(let name): "no version of '\(name)' is registered"
        case .versionMissing(let name, let version): "'\(name)' has no version '\(version)'"
        case .stageMissing(let name, let stage): "no version of '\(name)' is in stage '\(stage)'"
        case .commitRegistered(let name, let version): "'\(name)' is registered at this commit as '\(version)' already"
        case .versionTaken(let name, let version): "'\(name)' has a version '\(version)' already, at another commit"
        case .alreadyDeregistered(let name, let version): "version '\(version)' of '\(name)' is not registered any more"
        case .alreadyDeprecated(let name): "'\(name)' is deprecated already"
        case .alreadyAssigned(let name, let version, let stage):
            "version '\(version)' of '\(name)' is in stage '\(stage)' already"
        case .notAssigned(let name, let stage): "'\(name)' is not in stage '\(stage)'"
        case .artifactExists(let name, let file): "'\(file)' has an artifact '\(name)' already"
        case .severalSelectors: "a model is chosen by its version, its stage or a revision, not by several of them"
        case .noCommit: "there is no commit yet that could be registered"
        }
    }

    package var hint: String? {
        switch self {
        case .invalidName: "letters, digits, '-', '_' and '/' are fine, with a letter or digit at both ends"
        case .invalidStage: "letters, digits, '-', '_' and '/' are fine: dev, prod"
        case .invalidVersion: "versions are written like v1.2.0 or v1.2.0-rc.1"
        case .unknownStage(_, let known): "it lists " + known.map { "'\($0)'" }.joined(separator: ", ")
        case .invalidConfiguration: "it lists stages like this: stages: [dev, prod]"
        case .unknownModel(_, let known):
            known.isEmpty
                ? "declare it in dvc.yaml: apus model add NAME PATH"
                : "there are " + known.map { "'\($0)'" }.joined(separator: ", ")
        case .notAnArtifact:
            "declare it with 'apus model add' and commit dvc.yaml, or use --force to register it anyway"
        case .noVersion(let name): "register one: apus model register \(name)"
        case .versionMissing(let name, _), .stageMissing(let name, _): "'apus model show \(name)' lists what there is"
        case .commitRegistered: "commit what has changed first, or name another revision"
        case .versionTaken: "leave --version out to take the next one"
        case .alreadyAssigned: "to say it once more, use --force"
        case .artifactExists: "to change it, use --force, or give the new one another --name"
        case .noCommit: "commit dvc.yaml and dvc.lock first"
        default: nil
        }
    }
}
