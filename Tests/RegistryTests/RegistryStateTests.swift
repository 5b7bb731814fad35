import Registry
import Testing

struct RegistryStateTests {
    /// A history of tags, each a second after the one before unless it starts with `=`.
    private func state(_ tags: [(String, String)]) -> RegistryState {
        var time = 1000
        return RegistryState(
            tags.compactMap { name, commit in
                var name = name
                if name.first == "=" { name.removeFirst() } else { time += 1 }
                return RegistryTag(name).map {
                    RegistryEvent(tag: $0, tagName: name, commit: commit, time: time)
                }
            }
        )
    }

    private func digits(_ tags: (String, String)...) throws -> ModelHistory {
        state(tags)[try #require(ModelName("digits"))]
    }

    private func names(_ versions: [ModelVersion]) -> [String] { versions.map(\.name) }

    @Test("The highest version is the latest, whenever it was registered")
    func latest() throws {
        let history = try digits(("digits@v1.10.0", "a"), ("digits@v1.9.0", "b"), ("digits@v2.0.0-rc.1", "c"))
        #expect(history.latest?.name == "v2.0.0-rc.1")
        #expect(names(history.versions()) == ["v2.0.0-rc.1", "v1.10.0", "v1.9.0"])
    }

    @Test("A version that was taken back does not count until it is registered again")
    func deregistered() throws {
        #expect(try digits(("digits@v1.0.0", "a"), ("digits@v1.0.0!", "a")).latest == nil)
        let again = try digits(("digits@v1.0.0", "a"), ("digits@v1.0.0!", "a"), ("digits@v1.0.0#3", "a"))
        #expect(again.latest?.name == "v1.0.0")
        // Of one second, taking back is what counts.
        #expect(try digits(("digits@v1.0.0", "a"), ("=digits@v1.0.0!", "a")).latest == nil)
    }

    @Test("A stage belongs to the version that got it last")
    func stages() throws {
        let history = try digits(
            ("digits@v1.0.0", "a"),
            ("digits@v2.0.0", "b"),
            ("digits#prod#1", "b"),
            ("digits#prod#2", "a"),
            ("digits#dev#3", "b")
        )
        #expect(history.stages.mapValues(\.name) == ["prod": "v1.0.0", "dev": "v2.0.0"])
        #expect(history.nextCounter == 4)
    }

    @Test("A stage that was taken from a version goes back to the one that had it before")
    func unassigned() throws {
        let history = try digits(
            ("digits@v1.0.0", "a"),
            ("digits@v2.0.0", "b"),
            ("digits#prod#1", "a"),
            ("digits#prod#2", "b"),
            ("digits#prod!#3", "b")
        )
        #expect(history.stages["prod"]?.name == "v1.0.0")
    }

    @Test("A stage of a version that was taken back does not count")
    func stageOfDeregistered() throws {
        let history = try digits(("digits@v1.0.0", "a"), ("digits#prod#1", "a"), ("digits@v1.0.0!", "a"))
        #expect(history.stages.isEmpty)
    }

    @Test("A stage counts for a version that was registered at its commit afterwards")
    func stageBeforeVersion() throws {
        let history = try digits(("digits#prod#1", "a"), ("digits@v1.0.0", "a"))
        #expect(history.stages["prod"]?.name == "v1.0.0")
    }

    @Test("A commit that only has a stage is a version without a number, and never the latest")
    func unnamed() throws {
        let history = try digits(("digits#prod#1", "a"))
        #expect(history.latest == nil && history.stages["prod"]?.commit == "a")
    }

    @Test("A deprecated model is in use again when something is said of it")
    func deprecated() throws {
        #expect(try !digits(("digits@v1.0.0", "a"), ("digits@deprecated", "a")).isActive)
        #expect(try digits(("digits@v1.0.0", "a"), ("digits@deprecated", "a"), ("digits@v1.0.1", "b")).isActive)
        #expect(try !digits().isActive)
    }

    @Test("Models of one name in two folders have nothing to do with each other")
    func folders() {
        let state = state([("a=m@v1.0.0", "x"), ("b=m@v2.0.0", "x"), ("m@v3.0.0", "x")])
        #expect(state.models.map(\.model.description) == ["a:m", "b:m", "m"])
        #expect(state.models.map { $0.latest?.name } == ["v1.0.0", "v2.0.0", "v3.0.0"])
    }
}
