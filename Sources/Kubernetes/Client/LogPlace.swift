/// How far a log has been read, by the times that its lines begin with.
///
/// A log can be asked for from a second on only. The lines of the last second are kept in mind by their times, which
/// have nanoseconds, so that none is handed over twice and none is lost.
struct LogPlace: Sendable {
    private var second = Int.min
    /// How often each time of the last second was seen, by its digits behind the second.
    private var seen: [String: Int] = [:]
    /// What of it is still to come again, since the log was opened anew.
    private var repeated: [String: Int] = [:]
    /// From when on to ask; nil while there was no line.
    private(set) var sinceTime: String?

    /// The time of the first line; what was written in the same second before it was not asked for.
    private var start: (second: Int, fraction: String)?

    /// The log is opened anew, from `sinceTime` on.
    mutating func reopen() { repeated = seen }

    /// Whether a line is new.
    mutating func isNew(_ line: String) -> Bool {
        let stamp = line.prefix { $0 != " " }
        // What has no time cannot be told apart from others.
        guard let time = Timestamp.seconds(String(stamp)) else { return true }
        let moment = (second: time, fraction: Self.fraction(stamp))
        if let start, !repeated.isEmpty, moment < start { return false }
        if start.map({ moment < $0 }) ?? true { start = moment }
        if time <= second, let count = repeated[moment.fraction], count > 0 {
            repeated[moment.fraction] = count - 1
            return false
        }
        if time > second {
            second = time
            seen = [:]
            repeated = [:]
            sinceTime = Self.wholeSecond(stamp)
        }
        if time == second { seen[moment.fraction, default: 0] += 1 }
        return true
    }

    /// The line without its time.
    static func text(_ line: String) -> String {
        guard let space = line.firstIndex(of: " "), Timestamp.seconds(String(line[..<space])) != nil else {
            return line
        }
        return String(line[line.index(after: space)...])
    }

    /// The digits behind the second, nine of them.
    private static func fraction(_ stamp: Substring) -> String {
        let digits = stamp.dropFirst(20).prefix { $0.isNumber }.prefix(9)
        return digits + String(repeating: "0", count: 9 - digits.count)
    }

    /// `2026-01-01T00:00:00.5Z` as `2026-01-01T00:00:00Z`.
    private static func wholeSecond(_ stamp: Substring) -> String {
        let zone = stamp.dropFirst(19).drop { $0 == "." || $0.isNumber }
        return String(stamp.prefix(19) + zone)
    }
}
