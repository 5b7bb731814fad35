package import OrderedCollections
package import Values

/// The parameters or metrics files of one revision, by the path to show.
package struct TrackedFiles: Sendable, Hashable {
    /// What reading a file gave.
    package enum Content: Sendable, Hashable {
        case value(Value)
        case failure(ReadFailure)
    }

    /// The files in the order in which they were collected.
    package var contents: OrderedDictionary<String, Content>
    /// Why the revision as a whole could not be read.
    package var failure: ReadFailure?

    /// Creates the files of a revision.
    package init(contents: OrderedDictionary<String, Content> = [:], failure: ReadFailure? = nil) {
        self.contents = contents
        self.failure = failure
    }

    /// Creates the files of a revision in which every file could be read.
    package init(values: OrderedDictionary<String, Value>) {
        self.init(contents: values.mapValues { .value($0) })
    }

    /// The value of a file that was read.
    package subscript(path: String) -> Value? {
        guard failure == nil, case .value(let value) = contents[path] else { return nil }
        return value
    }

    /// Why the revision, or those of its files that could not, were not read.
    package var failures: [ReadFailure] {
        if let failure { return [failure] }
        return contents.values.compactMap { if case .failure(let failure) = $0 { failure } else { nil } }
    }

    /// Whether the revision or one of its files could not be read.
    package var hasFailure: Bool { !failures.isEmpty }
}
