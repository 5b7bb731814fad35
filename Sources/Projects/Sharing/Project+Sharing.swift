import Configuration
import Metafiles
import ObjectStore
import OrderedCollections

extension Project {
    /// Sends data to remotes.
    ///
    /// Outputs that are not to be pushed, and those of another remote than the one asked for, stay. Throws
    /// ``ProjectError/noRemote`` when there is data without a remote, after the other was sent.
    @discardableResult
    package func push(
        _ selection: DataSelection,
        runCache: Bool = false,
        jobs: Int? = nil
    ) throws -> SharingOutcome {
        var outcome = SharingOutcome()
        if runCache { outcome.runs = try pushRunCache(to: selection.remote, jobs: jobs) }
        let remote = selection.remote
        let used = try usedData(selection, into: &outcome) { candidate in
            candidate.output.entry.isPushed && Self.belongs(candidate.output, to: remote)
        }
        try share(used, jobs, &outcome) { try $0.push($1.names.keys, parts: $1.parts) }
        let hasDefault = remote != nil || configuration.defaultRemoteName != nil
        if outcome.lacksRemote || (used.isEmpty && !hasDefault) { throw ProjectError.noRemote }
        return outcome
    }

    /// Brings the data that is not in the cache from remotes; data without a remote is passed over.
    package func fetch(
        _ selection: DataSelection,
        limits: FetchLimits = FetchLimits(),
        runCache: Bool = false,
        jobs: Int? = nil
    ) throws -> SharingOutcome {
        var outcome = SharingOutcome()
        if runCache { outcome.runs = try fetchRunCache(from: selection.remote, jobs: jobs) }
        let remote = selection.remote
        let used = try usedData(selection, into: &outcome) { candidate in
            Self.belongs(candidate.output, to: remote) && limits.allow(candidate)
        }
        try share(used, jobs, &outcome) { try $0.fetch($1.names.keys, parts: $1.parts) }
        return outcome
    }

    private func share(
        _ used: UsedData,
        _ jobs: Int?,
        _ outcome: inout SharingOutcome,
        _ body: (Transfer, UsedData.Part) throws -> TransferResult
    ) throws {
        for (place, part) in used.places {
            if place.remote == nil {
                outcome.lacksRemote = true
            } else {
                outcome.join(try body(try transfer(place, jobs: jobs), part))
            }
        }
    }

    private func usedData(
        _ selection: DataSelection,
        into outcome: inout SharingOutcome,
        where isMeant: (Candidate) -> Bool
    ) throws -> UsedData {
        var skipped: [String] = []
        defer { outcome.skipped = skipped }
        return try usedData(selection, onFault: { skipped.append("\($0): \($1)") }, where: isMeant)
    }

    /// Whether an output is kept in the remote asked for, if one is.
    private static func belongs(_ output: Output, to remote: String?) -> Bool {
        guard let remote, let own = output.entry.remote else { return true }
        return own == remote
    }
}
