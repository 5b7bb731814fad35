/// A version of a model: a commit that was registered under a number, or only given a stage.
package struct ModelVersion: Hashable, Sendable {
    /// The number; nil for a commit that only got stages.
    package let number: SemanticVersion?
    package let commit: String
    /// Ascending in time, like all lists of events here.
    package var registrations: [RegistryEvent] = []
    package var deregistrations: [RegistryEvent] = []
    /// What was said of its stages.
    package var stages: [String: StageRecord] = [:]

    init(number: SemanticVersion?, commit: String) {
        self.number = number
        self.commit = commit
    }

    /// The number, or else the commit.
    package var name: String { number?.description ?? commit }

    package var isRegistered: Bool { !registrations.isEmpty }

    /// Whether it only got stages.
    package var isUnnamed: Bool { registrations.isEmpty && deregistrations.isEmpty }

    /// Whether it counts: taking back wins over what was said in the same second.
    package var isActive: Bool {
        guard let taken = deregistrations.last else { return true }
        return (registrations.last?.time ?? .min) > taken.time
    }

    /// The event that made it what it is.
    package var authoringEvent: RegistryEvent? {
        registrations.last ?? deregistrations.last
            ?? stages.values.compactMap { $0.assignments.last ?? $0.unassignments.last }.max { $0.time < $1.time }
    }

    /// The stages that it has now, sorted; a stage belongs to the version that got it last, which another may be.
    package var activeStages: [String] { stages.filter { $0.value.isActive }.keys.sorted() }

    var lastTime: Int? {
        let direct = [registrations.last, deregistrations.last].compactMap(\.self)
        let ofStages = stages.values.flatMap { [$0.assignments.last, $0.unassignments.last].compactMap(\.self) }
        return (direct + ofStages).map(\.time).max()
    }
}

/// What was said of a version's place in one stage.
package struct StageRecord: Hashable, Sendable {
    package var assignments: [RegistryEvent] = []
    package var unassignments: [RegistryEvent] = []

    /// Whether the version has the stage: taking back wins over what was said in the same second.
    package var isActive: Bool {
        guard let assigned = assignments.last else { return false }
        return unassignments.last.map { assigned.time > $0.time } ?? true
    }
}
