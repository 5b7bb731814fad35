/// All models that tags speak of.
package struct RegistryState: Hashable, Sendable {
    private let histories: [ModelName: ModelHistory]

    /// Puts the events together, in the order of their times; those of one second stay in the order given.
    package init(_ events: [RegistryEvent]) {
        let sorted = events.enumerated().sorted {
            ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
        }.map(\.element)
        let isOfStage: (RegistryEvent) -> Bool = { event in
            switch event.tag.action {
            case .assign, .unassign: true
            default: false
            }
        }
        var histories: [ModelName: ModelHistory] = [:]
        // A stage belongs to the version at its commit even when that was registered later.
        for event in sorted.filter({ !isOfStage($0) }) + sorted.filter(isOfStage) {
            histories[event.tag.model, default: ModelHistory(model: event.tag.model)].add(event)
        }
        for name in histories.keys { histories[name]?.sortEvents() }
        self.histories = histories
    }

    /// The models, sorted by name.
    package var models: [ModelHistory] {
        histories.values.sorted { $0.model.description.utf8.lexicographicallyPrecedes($1.model.description.utf8) }
    }

    /// What is known of a model; nothing when no tag speaks of it.
    package subscript(name: ModelName) -> ModelHistory { histories[name] ?? ModelHistory(model: name) }
}
