/// Something that was said about a model by a tag.
package struct RegistryEvent: Hashable, Sendable {
    package let tag: RegistryTag
    /// The name of the tag as Git has it.
    package let tagName: String
    /// The commit that the tag is on.
    package let commit: String
    /// Seconds since 1970.
    package let time: Int
    /// Minutes east of Greenwich.
    package let zone: Int
    package let author: String
    package let email: String
    package let message: String

    package init(
        tag: RegistryTag,
        tagName: String,
        commit: String,
        time: Int,
        zone: Int = 0,
        author: String = "",
        email: String = "",
        message: String = ""
    ) {
        self.tag = tag
        self.tagName = tagName
        self.commit = commit
        self.time = time
        self.zone = zone
        self.author = author
        self.email = email
        self.message = message
    }

    /// What happened, in GTO's word.
    package var kind: String {
        switch tag.action {
        case .register: "registration"
        case .deregister: "deregistration"
        case .assign: "assignment"
        case .unassign: "unassignment"
        case .deprecate: "deprecation"
        }
    }

    /// In which order events of one second are told.
    var priority: Int {
        switch tag.action {
        case .deprecate: 2
        case .register: 3
        case .deregister: 4
        case .assign: 5
        case .unassign: 6
        }
    }
}
