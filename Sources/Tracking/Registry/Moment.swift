/// A second of time with the zone of whoever noted it.
package struct Moment: Hashable, Sendable {
    /// Since 1970.
    package let seconds: Int
    /// Minutes east of Greenwich.
    package let zone: Int

    package init(seconds: Int, zone: Int = 0) {
        // Years beyond four digits have no agreed form; such tags are made by hand.
        self.seconds = max(-62_135_596_800, min(seconds, 253_402_214_400))
        self.zone = max(-24 * 60, min(zone, 24 * 60))
    }

    /// As in `2026-11-23T06:31:38+01:00`.
    package var text: String {
        let sign = zone < 0 ? "-" : "+"
        return "\(day)T\(clock)\(sign)\(Self.digits(abs(zone) / 60)):\(Self.digits(abs(zone) % 60))"
    }

    /// As in `2026-11-23 06:31`, in its zone.
    package var short: String { "\(day) \(clock.prefix(5))" }

    private var local: Int { seconds + zone * 60 }

    private var clock: String {
        let second = ((local % 86_400) + 86_400) % 86_400
        return [second / 3600, second / 60 % 60, second % 60].map(Self.digits).joined(separator: ":")
    }

    private var day: String {
        let days = (local - ((local % 86_400) + 86_400) % 86_400) / 86_400
        // Days since 1 March of the year 0, in eras of 400 years, whose leap days are regular.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let years = String(year)
        let filled = String(repeating: "0", count: max(0, 4 - years.count)) + years
        return "\(filled)-\(Self.digits(month))-\(Self.digits(day))"
    }

    private static func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
