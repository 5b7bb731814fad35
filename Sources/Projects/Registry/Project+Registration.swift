import Git
import Glibc
package import Registry

extension Project {
    /// A tag that was made.
    package struct MadeTag: Sendable {
        package let name: String
        package let model: ModelName
        /// The version it is about; nil for a whole model.
        package let version: String?
        package let commit: String
        /// Whether it was sent to the remote.
        package let isPushed: Bool
    }

    /// How a tag is made.
    package struct TagOptions: Sendable {
        /// Nil for a message that says what happens.
        package var message: String?
        /// Whether it is made where it would say nothing new.
        package var isForced = false
        /// Whether `#3` and the like makes the name unique; nil for GTO's habit.
        package var isCounted: Bool?
        /// The Git remote that the tag is sent to; nil for none.
        package var remote: String?

        package init() {}
    }

    /// Registers the model of a commit as a version: the one given, or the next after the latest.
    package func register(
        _ model: ModelName,
        version: SemanticVersion? = nil,
        bump: SemanticVersion.Bump? = nil,
        revision: String? = nil,
        _ options: TagOptions = TagOptions()
    ) throws -> MadeTag {
        let (git, history) = try history(of: model)
        if revision == nil, git.head()?.commit == nil { throw RegistryError.noCommit }
        let commit = try git.resolve(revision ?? "HEAD")
        if !options.isForced {
            try requireArtifact(model, at: commit, named: revision ?? "HEAD", in: git)
        }
        let number = try number(for: history, at: commit, version, bump, options)
        return try make(
            .register(number),
            of: history,
            on: commit,
            message: "Registering artifact \(model) version \(number)",
            version: "\(number)",
            isCounted: false,
            options
        )
    }

    private func number(
        for history: ModelHistory,
        at commit: String,
        _ version: SemanticVersion?,
        _ bump: SemanticVersion.Bump?,
        _ options: TagOptions
    ) throws -> SemanticVersion {
        let name = history.model.description
        let known = history.version(at: commit)
        if let known, let number = known.number {
            if known.isActive, !options.isForced {
                throw RegistryError.commitRegistered(name, version: known.name)
            }
            if version == nil, bump == nil { return number }
        }
        if let version {
            if let other = history.version(version), other.commit != commit {
                throw RegistryError.versionTaken(name, version: "\(version)")
            }
            return version
        }
        var next = (history.latest?.number ?? .zero).bumped(bump ?? .patch)
        // One that was taken back is not given to another commit.
        while let other = history.version(next), other.commit != commit { next = next.bumped(bump ?? .patch) }
        return next
    }

    /// Takes a version back.
    package func deregister(_ reference: ModelReference, _ options: TagOptions = TagOptions()) throws -> MadeTag {
        let (_, history) = try knownHistory(of: reference.model)
        let version = try version(reference, in: history)
        guard let number = version.number else { throw RegistryError.noVersion(reference.model.description) }
        if !version.isActive, !options.isForced {
            throw RegistryError.alreadyDeregistered(reference.model.description, version: version.name)
        }
        return try make(
            .deregister(number),
            of: history,
            on: version.commit,
            message: "Deregistering artifact \(reference.model) version \(number)",
            version: version.name,
            isCounted: false,
            options
        )
    }

    /// Puts a version, the latest when none is named, into a stage.
    package func assign(
        _ reference: ModelReference,
        stage: String,
        _ options: TagOptions = TagOptions()
    ) throws -> MadeTag {
        try requireStage(stage)
        let (_, history) = try knownHistory(of: reference.model)
        let version = try version(reference, in: history)
        if !version.isActive {
            throw RegistryError.alreadyDeregistered(reference.model.description, version: version.name)
        }
        let name = reference.model.description
        if history.stages[stage] == version, !options.isForced {
            throw RegistryError.alreadyAssigned(name, version: version.name, stage: stage)
        }
        return try make(
            .assign(stage: stage),
            of: history,
            on: version.commit,
            message: "Assigning stage \(stage) to artifact \(name) version \(version.name)",
            version: version.name,
            isCounted: true,
            options
        )
    }

    /// Takes a version, the one that is in it when none is named, out of a stage.
    package func unassign(
        _ reference: ModelReference,
        stage: String,
        _ options: TagOptions = TagOptions()
    ) throws -> MadeTag {
        guard RegistryTag.isStageName(stage) else { throw RegistryError.invalidStage(stage) }
        let (_, history) = try knownHistory(of: reference.model)
        let name = reference.model.description
        let holder =
            reference.selector == nil ? history.stages[stage] : try version(reference, in: history)
        guard let holder, holder.activeStages.contains(stage) || options.isForced else {
            throw RegistryError.notAssigned(name, stage: stage)
        }
        return try make(
            .unassign(stage: stage),
            of: history,
            on: holder.commit,
            message: "Unassigning stage '\(stage)' to artifact '\(name)' version '\(holder.name)'",
            version: holder.name,
            isCounted: true,
            options
        )
    }

    /// Says that a model is not to be used any more.
    package func deprecate(_ model: ModelName, _ options: TagOptions = TagOptions()) throws -> MadeTag {
        let (_, history) = try knownHistory(of: model)
        if !history.isActive, !options.isForced { throw RegistryError.alreadyDeprecated(model.description) }
        guard let last = history.events.last else { throw RegistryError.noVersion(model.description) }
        return try make(
            .deprecate,
            of: history,
            on: last.commit,
            message: "Deprecating artifact '\(model)'",
            version: nil,
            isCounted: false,
            options
        )
    }
}

extension Project {
    private func history(of model: ModelName) throws -> (Repository, ModelHistory) {
        guard let git else { throw ProjectError.requiresGit }
        return (git, try Self.registry(of: git)[model])
    }

    /// The history of a model that tags speak of.
    private func knownHistory(of model: ModelName) throws -> (Repository, ModelHistory) {
        let (git, history) = try history(of: model)
        if history.events.isEmpty { throw RegistryError.noVersion(model.description) }
        return (git, history)
    }

    private func version(_ reference: ModelReference, in history: ModelHistory) throws -> ModelVersion {
        let name = reference.model.description
        switch reference.selector {
        case nil, .latest:
            guard let found = history.latest else { throw RegistryError.noVersion(name) }
            return found
        case .version(let number):
            guard let found = history.version(number) else {
                throw RegistryError.versionMissing(name, version: "\(number)")
            }
            return found
        case .stage(let stage):
            guard let found = history.stages[stage] else { throw RegistryError.stageMissing(name, stage: stage) }
            return found
        case .revision(let revision):
            let commit = try git?.resolve(revision) ?? ""
            guard let found = history.version(at: commit) else {
                throw RegistryError.versionMissing(name, version: revision)
            }
            return found
        }
    }

    private func requireStage(_ stage: String) throws {
        guard RegistryTag.isStageName(stage) else { throw RegistryError.invalidStage(stage) }
        if let allowed = try allowedStages(), !allowed.contains(stage) {
            throw RegistryError.unknownStage(stage, known: allowed)
        }
    }

    private func requireArtifact(
        _ model: ModelName,
        at commit: String,
        named revision: String,
        in git: Repository
    ) throws {
        let index = try collect(from: RevisionFiles(commit, of: git), onFault: { _ in })
        if artifacts(in: index).contains(where: { $0.name == model }) { return }
        throw RegistryError.notAnArtifact(model.description, revision: revision)
    }

    private func make(
        _ action: RegistryTag.Action,
        of history: ModelHistory,
        on commit: String,
        message: String,
        version: String?,
        isCounted: Bool,
        _ options: TagOptions
    ) throws -> MadeTag {
        guard let git else { throw ProjectError.requiresGit }
        var tag = RegistryTag(model: history.model, action: action)
        // The plain name may be taken: a version that was taken back, or a tag that is not annotated.
        let isTaken = try git.hasTag("\(tag)")
        if options.isCounted ?? (isCounted || isTaken) {
            tag = RegistryTag(model: history.model, action: action, counter: try freeCounter(action, of: history, git))
        }
        // Tags are told apart by their second only, and many are made within one by a script.
        let now = Glibc.time(nil)
        let last = history.events.last?.time ?? 0
        let time = last >= now && last < now + 3600 ? last + 1 : nil
        try git.createTag("\(tag)", on: commit, message: options.message ?? message, time: time)
        if let remote = options.remote { try git.pushTag("\(tag)", to: remote) }
        return MadeTag(
            name: "\(tag)",
            model: history.model,
            version: version,
            commit: commit,
            isPushed: options.remote != nil
        )
    }

    private func freeCounter(_ action: RegistryTag.Action, of history: ModelHistory, _ git: Repository) throws -> Int {
        var counter = history.nextCounter
        while try git.hasTag("\(RegistryTag(model: history.model, action: action, counter: counter))") { counter += 1 }
        return counter
    }
}
