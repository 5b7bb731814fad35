/// How long something usually takes, learned from how long it took.
struct UsualTime {
    /// Nil before the first time.
    private(set) var nanoseconds: UInt64?

    init(nanoseconds: UInt64? = nil) {
        self.nanoseconds = nanoseconds
    }

    /// Moves down fast and up slowly, as a time in which others had the processor tells nothing about the model.
    mutating func learn(_ duration: UInt64) {
        let limited = min(duration, 1 << 40)
        guard let usual = nanoseconds else {
            nanoseconds = limited
            return
        }
        nanoseconds = limited < usual ? (usual + limited) / 2 : usual + (min(limited, 2 * usual + 1000) - usual) / 16
    }
}
