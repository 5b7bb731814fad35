import Basics
import Git
import OrderedCollections
package import Registry
package import Tracking

extension ModelSource {
    /// The models that `dvc.yaml` files declare or tags speak of; deprecated ones only when asked for.
    package func list(includingDeprecated: Bool = false) throws -> ModelList {
        let source = try currentFiles()
        let declared = try project.artifacts(in: project.collect(from: source, onFault: { _ in }))
        let state = try git.map(Project.registry) ?? RegistryState([])
        let allowed = try project.allowedStages()
        var models: [ModelSummary] = []
        var seen: Set<ModelName> = []
        for artifact in declared {
            if let name = artifact.name { seen.insert(name) }
            models.append(summary(of: artifact.name.map { state[$0] }, artifact, allowed))
        }
        models += state.models.filter { !seen.contains($0.model) }.map { summary(of: $0, nil, allowed) }
        if !includingDeprecated { models.removeAll(where: \.isDeprecated) }
        models.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let used = Set(models.flatMap { $0.stages.map(\.stage) }).sorted()
        return ModelList(models: models, stages: allowed ?? used)
    }

    /// A model with its versions, or with the one that is meant.
    package func show(_ reference: ModelReference, includingInactive: Bool = false) throws -> ModelDetails {
        let source = try currentFiles()
        let project = try project(for: reference.model, at: git?.head()?.commit)
        let declared = try project.artifacts(in: project.collect(from: source, onFault: { _ in }))
        let artifact = declared.first { $0.name == reference.model }
        let state = try git.map(Project.registry) ?? RegistryState([])
        let history = state[reference.model]
        if artifact == nil, history.events.isEmpty {
            let known = Set(declared.map(\.fullName) + state.models.map(\.model.description)).sorted()
            throw RegistryError.unknownModel(reference.model.description, known: known)
        }
        let allowed = try self.project.allowedStages()
        var summary = summary(of: history, artifact, allowed)
        if reference.selector == nil {
            let versions = history.versions(includingInactive: includingInactive)
            let details = try versions.map { try self.details(of: $0, $0.commit, history).details }
            return ModelDetails(model: summary, versions: details, isOne: false)
        }
        let chosen = try Project.choose(reference, history, in: requireGit())
        let version = chosen.version ?? history.version(at: chosen.commit)
        let (details, then) = try details(of: version, chosen.commit, history)
        if let then { summary.describe(then) }
        return ModelDetails(model: summary, versions: [details], isOne: true)
    }

    /// What happened to a model, or to all of them, the newest first.
    package func journal(of model: ModelName?, ascending: Bool = false) throws -> ModelJournal {
        let state = try Project.registry(of: requireGit())
        if let model, state[model].events.isEmpty { throw RegistryError.noVersion(model.description) }
        let histories = model.map { [state[$0]] } ?? state.models
        let events = histories.flatMap { history in history.events.map { ($0, history) } }
        let entries = events.enumerated().sorted {
            ($0.element.0.time, $0.offset) < ($1.element.0.time, $1.offset)
        }.map { Self.entry($0.element.0, $0.element.1) }
        return ModelJournal(entries: ascending ? entries : entries.reversed())
    }

    private static func entry(_ event: RegistryEvent, _ history: ModelHistory) -> ModelJournal.Entry {
        var version: String?
        var stage: String?
        switch event.tag.action {
        case .register(let number), .deregister(let number): version = "\(number)"
        case .assign(let name), .unassign(let name):
            stage = name
            version = history.versions.first { $0.stages[name].map { $0.holds(event) } ?? false }?.name
        case .deprecate: break
        }
        return ModelJournal.Entry(
            moment: Moment(seconds: event.time, zone: event.zone),
            model: history.model.description,
            event: event.kind,
            version: version,
            stage: stage,
            commit: event.commit,
            author: event.author,
            email: event.email,
            message: event.message,
            tag: event.tagName
        )
    }

    private func summary(
        of history: ModelHistory?,
        _ artifact: ModelArtifact?,
        _ allowed: [String]?
    ) -> ModelSummary {
        var summary = ModelSummary(name: artifact?.fullName ?? history?.model.description ?? "")
        if let artifact {
            summary.describe(artifact)
            summary.path = Paths.relative(artifact.path, to: project.registryTop)
        }
        guard let history, !history.events.isEmpty else { return summary }
        summary.isRegistered = true
        summary.isDeprecated = !history.isActive
        summary.latest = history.latest?.name
        summary.versionCount = history.versions().count
        let stages = history.stages
        let names = (allowed ?? []).filter { stages[$0] != nil }
        let order = names + stages.keys.filter { !names.contains($0) }.sorted()
        summary.stages = order.compactMap { stage in stages[stage].map { (stage, $0.name) } }
        return summary
    }

    /// What a commit says of a model that tags speak of; what cannot be read is no reason to say nothing.
    private func details(
        of version: ModelVersion?,
        _ commit: String,
        _ history: ModelHistory
    ) throws -> (details: ModelVersionDetails, artifact: ModelArtifact?) {
        var details = ModelVersionDetails(version: version?.number?.description, commit: commit)
        if let version {
            details.stages = history.stages.filter { $0.value == version }.keys.sorted()
            details.isActive = version.isActive
            if let event = version.authoringEvent {
                details.created = Moment(seconds: event.time, zone: event.zone)
                (details.author, details.email) = (event.author, event.email)
                (details.message, details.tag) = (event.message, event.tagName)
            }
        }
        do {
            let git = try requireGit()
            let project = try project(for: history.model, at: commit)
            let source = try RevisionFiles(commit, of: git)
            let index = try project.collect(from: source, onFault: { _ in })
            let metrics = Snapshot(project, source, index).metrics([])
            for path in metrics.contents.keys { details.metrics[path] = metrics[path] }
            guard let artifact = project.artifacts(in: index).first(where: { $0.name == history.model }) else {
                details.fault = "no dvc.yaml of this commit declares it"
                return (details, nil)
            }
            details.path = Paths.relative(artifact.path, to: project.registryTop)
            let content = try project.content(at: artifact.path, in: index, source)
            (details.hash, details.size, details.fileCount) = (content.hash, content.size, content.fileCount)
            if content.isMissing { details.fault = "nothing is recorded at its path" }
            return (details, artifact)
        } catch {
            details.fault = "\(error)"
            return (details, nil)
        }
    }
}

extension ModelSummary {
    /// Takes over what `dvc.yaml` says of it.
    fileprivate mutating func describe(_ artifact: ModelArtifact) {
        type = artifact.type
        description = artifact.description
        labels = artifact.labels
        meta = artifact.meta
    }
}

extension StageRecord {
    fileprivate func holds(_ event: RegistryEvent) -> Bool {
        assignments.contains(event) || unassignments.contains(event)
    }
}
