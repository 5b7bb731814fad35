/// The name of a Git tag that says something about a model, by the rules of GTO.
///
/// `digits@v1.2.0` registers a version and `digits@v1.2.0!` takes it back, `digits#prod` assigns a stage and
/// `digits#prod!` takes it back, `digits@deprecated` deprecates the model. A `#3` at the end makes a tag unique.
package struct RegistryTag: Hashable, Sendable {
    /// What a tag does to the commit that it is on.
    package enum Action: Hashable, Sendable {
        case register(SemanticVersion)
        case deregister(SemanticVersion)
        case assign(stage: String)
        case unassign(stage: String)
        case deprecate
    }

    package let model: ModelName
    package let action: Action
    /// Nil for a tag without one, or with one beyond all reason.
    package let counter: Int?

    package init(model: ModelName, action: Action, counter: Int? = nil) {
        self.model = model
        self.action = action
        self.counter = counter
    }

    /// Reads the name of a tag; nil for one that is about something else.
    package init?(_ text: String) {
        guard let end = text.firstIndex(where: { $0 == "@" || $0 == "#" }),
            let model = ModelName(inTag: text[..<end])
        else { return nil }
        self.model = model
        let isStage = text[end] == "#"
        var body = text[text.index(after: end)...]
        var counter: Int?
        if let hash = body.firstIndex(of: "#") {
            let digits = body[body.index(after: hash)...]
            guard !digits.isEmpty,
                digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
            else { return nil }
            counter = Int(digits).flatMap { $0 < 1 << 53 ? $0 : nil }
            body = body[..<hash]
        }
        self.counter = counter
        if !isStage, body == "deprecated" {
            action = .deprecate
            return
        }
        let isCancelled = body.last == "!"
        if isCancelled { body.removeLast() }
        if isStage {
            guard NameCharacters.isName(body) else { return nil }
            action = isCancelled ? .unassign(stage: String(body)) : .assign(stage: String(body))
        } else {
            guard let version = SemanticVersion(String(body)) else { return nil }
            action = isCancelled ? .deregister(version) : .register(version)
        }
    }

    /// Whether GTO takes the text for the name of a stage.
    package static func isStageName(_ text: String) -> Bool { NameCharacters.isName(text) }
}

extension RegistryTag: CustomStringConvertible {
    /// The name of the tag.
    package var description: String {
        let body =
            switch action {
            case .register(let version): "@\(version)"
            case .deregister(let version): "@\(version)!"
            case .assign(let stage): "#\(stage)"
            case .unassign(let stage): "#\(stage)!"
            case .deprecate: "@deprecated"
            }
        return model.tagText + body + (counter.map { "#\($0)" } ?? "")
    }
}
