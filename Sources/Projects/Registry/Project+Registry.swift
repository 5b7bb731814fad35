import Basics
import Git
package import Registry
import Values
import YAML

extension Project {
    /// What the tags of the repository say of models.
    package func registry() throws -> RegistryState {
        guard let git else { throw ProjectError.requiresGit }
        return try Self.registry(of: git)
    }

    static func registry(of git: Repository) throws -> RegistryState {
        RegistryState(
            try git.annotatedTags().compactMap { tag in
                guard let parsed = RegistryTag(tag.name) else { return nil }
                return RegistryEvent(
                    tag: parsed,
                    tagName: tag.name,
                    commit: tag.commit,
                    time: tag.time,
                    zone: tag.zone,
                    author: tag.author,
                    email: tag.email,
                    message: tag.message
                )
            }
        )
    }

    /// The stages that `.gto` allows, in its order; nil when all are.
    func allowedStages() throws -> [String]? {
        let path = Paths.join(registryTop, ".gto")
        guard let bytes = try Files.readIfPresent(path) else { return nil }
        let value: Value
        do {
            value = try YAMLDocument(parsing: bytes).value
        } catch {
            throw RegistryError.invalidConfiguration("line \(error.line): \(error.message)")
        }
        guard let stages = value["stages"], stages != .null else { return nil }
        guard let names = stages.list?.map(\.string), !names.contains(nil) else {
            throw RegistryError.invalidConfiguration("'stages' is no list of names")
        }
        return names.compactMap(\.self)
    }

    /// The commit that is meant, with the version that was chosen; without a word the latest version, or else HEAD.
    static func choose(
        _ reference: ModelReference,
        _ history: ModelHistory,
        in git: Repository
    ) throws -> (commit: String, version: ModelVersion?) {
        let name = reference.model.description
        switch reference.selector {
        case .revision(let revision):
            return (try git.resolve(revision), nil)
        case .version(let number):
            guard let found = history.version(number) else {
                throw RegistryError.versionMissing(name, version: "\(number)")
            }
            if !found.isActive { throw RegistryError.alreadyDeregistered(name, version: "\(number)") }
            return (found.commit, found)
        case .stage(let stage):
            guard let found = history.stages[stage] else { throw RegistryError.stageMissing(name, stage: stage) }
            return (found.commit, found)
        case .latest:
            guard let found = history.latest else { throw RegistryError.noVersion(name) }
            return (found.commit, found)
        case nil:
            if let found = history.latest { return (found.commit, found) }
            return (try git.resolve("HEAD"), nil)
        }
    }
}
