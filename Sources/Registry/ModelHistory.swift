/// All that tags say of one model.
package struct ModelHistory: Hashable, Sendable {
    package let model: ModelName
    /// In the order in which they came.
    package private(set) var versions: [ModelVersion] = []
    package private(set) var deprecations: [RegistryEvent] = []
    /// All events, ascending in time.
    package private(set) var events: [RegistryEvent] = []

    init(model: ModelName) {
        self.model = model
    }

    /// Takes events in, which are ascending in time; all versions have to come before any stage.
    mutating func add(_ event: RegistryEvent) {
        events.append(event)
        switch event.tag.action {
        case .deprecate: deprecations.append(event)
        case .register(let number): versions[position(of: number, event.commit)].registrations.append(event)
        case .deregister(let number): versions[position(of: number, event.commit)].deregistrations.append(event)
        case .assign(let stage):
            versions[position(at: event.commit)].stages[stage, default: StageRecord()].assignments.append(event)
        case .unassign(let stage):
            versions[position(at: event.commit)].stages[stage, default: StageRecord()].unassignments.append(event)
        }
    }

    mutating func sortEvents() {
        events = events.enumerated().sorted { first, second in
            let (mine, its) = (first.element, second.element)
            return (mine.time, mine.priority, first.offset) < (its.time, its.priority, second.offset)
        }.map(\.element)
    }

    private mutating func position(of number: SemanticVersion, _ commit: String) -> Int {
        if let known = versions.firstIndex(where: { $0.number == number && $0.commit == commit }) { return known }
        versions.append(ModelVersion(number: number, commit: commit))
        return versions.count - 1
    }

    /// The version of a commit: of several the highest that counts, as GTO makes only one.
    private mutating func position(at commit: String) -> Int {
        let candidates = versions.indices.filter { versions[$0].commit == commit }
        let named = candidates.filter { versions[$0].number != nil }
        let best = named.max { first, second in
            let (mine, its) = (versions[first], versions[second])
            if mine.isActive != its.isActive { return !mine.isActive }
            guard let number = mine.number, let other = its.number else { return false }
            return number.precedes(other)
        }
        if let found = best ?? candidates.first { return found }
        versions.append(ModelVersion(number: nil, commit: commit))
        return versions.count - 1
    }
}

extension ModelHistory {
    /// Whether it is in use: not deprecated, or something was said of it later.
    package var isActive: Bool {
        guard let last = deprecations.last else { return !events.isEmpty }
        return (versions.compactMap(\.lastTime).max() ?? .min) >= last.time
    }

    /// The versions that count, or all: the highest number first, then those without one.
    package func versions(includingInactive: Bool = false) -> [ModelVersion] {
        let shown = versions.filter { includingInactive || $0.isActive }
        let numbered = shown.filter { $0.number != nil }.enumerated().sorted { first, second in
            guard let mine = first.element.number, let its = second.element.number else { return false }
            if mine.precedes(its) { return true }
            return !its.precedes(mine) && first.offset < second.offset
        }
        let bare = shown.filter { $0.number == nil }.sorted { $0.commit < $1.commit }
        return numbered.map(\.element).reversed() + bare.reversed()
    }

    /// The highest version that is registered.
    package var latest: ModelVersion? { versions().first { $0.isRegistered } }

    /// The version of a number: one that counts before one that does not.
    package func version(_ number: SemanticVersion) -> ModelVersion? {
        let found = versions.filter { $0.number == number }
        return found.first(where: \.isActive) ?? found.last
    }

    /// The registered or once registered version of a commit.
    package func version(at commit: String) -> ModelVersion? {
        let found = versions.filter { $0.commit == commit && !$0.isUnnamed }
        return found.first(where: \.isActive) ?? found.last
    }

    /// Which version has each stage: of several the one that got it last.
    package var stages: [String: ModelVersion] {
        var winners: [String: (time: Int, version: ModelVersion)] = [:]
        for version in versions() {
            for stage in version.activeStages {
                guard let time = version.stages[stage]?.assignments.last?.time else { continue }
                if let winner = winners[stage], winner.time > time { continue }
                winners[stage] = (time, version)
            }
        }
        return winners.mapValues(\.version)
    }

    /// The counter for the next tag.
    package var nextCounter: Int { (events.compactMap(\.tag.counter).max() ?? 0) + 1 }
}
