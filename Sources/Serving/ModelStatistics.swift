/// What happened to the requests of a model since it was loaded.
package struct ModelStatistics: Sendable, Hashable {
    /// A number of events and the time that all of them took.
    package struct Part: Sendable, Hashable {
        package var count: UInt64 = 0
        package var nanoseconds: UInt64 = 0

        package init(count: UInt64 = 0, nanoseconds: UInt64 = 0) {
            self.count = count
            self.nanoseconds = nanoseconds
        }
    }

    /// Rows, whatever the number of requests that they came in.
    package var inferences: UInt64 = 0
    /// Runs of the model, whatever the number of rows in each.
    package var executions: UInt64 = 0
    package var success = Part()
    package var failure = Part()
    package var queue = Part()
    package var compute = Part()

    package init() {}
}
