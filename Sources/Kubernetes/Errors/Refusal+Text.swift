extension Refusal {
    package var description: String {
        switch cause {
        case .unauthorized: "the cluster does not know who asks (\(action))\(words(": "))"
        case .fieldConflict: "cannot \(action): \(conflictText)"
        case .notFound where reason.isEmpty: "cannot \(action): the cluster has nothing at this address"
        default: "cannot \(action): \(text)"
        }
    }

    /// The cluster's words, or what the number says.
    private var text: String {
        let fields = details.filter { !$0.message.isEmpty && !message.contains($0.message) }
            .map { $0.field.isEmpty ? $0.message : "\($0.field): \($0.message)" }
        let parts = (message.isEmpty ? [reason].filter { !$0.isEmpty } : [message]) + fields
        return parts.isEmpty ? "the cluster answered with status \(code)" : parts.joined(separator: "; ")
    }

    private func words(_ prefix: String) -> String {
        // The usual word says nothing more.
        message.isEmpty || message == "Unauthorized" ? "" : prefix + message
    }

    private var conflictText: String {
        var managers: [String] = []
        for conflict in conflicts where !managers.contains(conflict.manager) { managers.append(conflict.manager) }
        return managers.map { manager in
            let fields = conflicts.filter { $0.manager == manager }.map(\.field)
            let shown = fields.prefix(5).joined(separator: ", ")
            return "'\(manager)' has set \(shown)" + (fields.count > 5 ? " and \(fields.count - 5) more fields" : "")
        }.joined(separator: "; ")
    }

    /// What the user can do.
    package var hint: String? {
        switch cause {
        case .unauthorized: "log in anew or fetch a new kubeconfig; 'apus cluster check' shows who you are"
        case .forbidden:
            "an administrator can allow it by a Role and a RoleBinding; 'apus cluster check' shows what you may do"
        case .quota:
            "free something in the namespace, ask for less in 'resources', or have the ResourceQuota raised"
        case .fieldConflict: "drop these fields, agree with the other manager, or take them over by --force-conflicts"
        case .conflict: "somebody changed it at the same time; do it again"
        case .tooManyRequests, .timeout, .unavailable: "the cluster is busy or starting; try again in a while"
        default: nil
        }
    }
}

/// Text of others that is shown to the user.
enum Printable {
    /// One line without control characters, which could move the terminal's cursor, and of bounded length.
    static func text(_ text: String, limit: Int = 2000) -> String {
        var result = ""
        var count = 0
        var isSpace = false
        for scalar in text.unicodeScalars {
            if count >= limit { return result + " …" }
            // Spaces, controls, and the marks that turn the direction of writing.
            let isBlank = scalar.value <= 0x20 || (0x7F...0x9F).contains(scalar.value)
            let turns = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            if isBlank || turns {
                isSpace = !result.isEmpty
                continue
            }
            if isSpace { result += " " }
            isSpace = false
            result.unicodeScalars.append(scalar)
            count += 1
        }
        return result
    }
}
