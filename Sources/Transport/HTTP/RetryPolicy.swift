import Glibc
package import NIOHTTP1

/// How often and after which pauses a request is tried again.
package struct RetryPolicy: Sendable, Hashable {
    package var attempts: Int
    /// Doubled each time, and made up to a half longer by chance, so that many clients do not come back at once.
    package var firstDelay: Duration
    /// Longer pauses are not waited for, also when the server asks for them.
    package var maximumDelay: Duration

    package init(attempts: Int, firstDelay: Duration = .milliseconds(300), maximumDelay: Duration = .seconds(60)) {
        self.attempts = attempts
        self.firstDelay = firstDelay
        self.maximumDelay = maximumDelay
    }

    package static let none = RetryPolicy(attempts: 1)
    package static let standard = RetryPolicy(attempts: 5)

    /// Whether a status may be another one soon.
    static func isPassing(_ status: Int) -> Bool { [408, 429, 500, 502, 503, 504].contains(status) }

    /// Whether an error may be gone soon.
    static func isPassing(_ error: TransportError) -> Bool {
        switch error {
        case .noConnection, .closed, .timeout: true
        default: false
        }
    }

    /// The pause before the next try; nil when there is none.
    package func delay(afterAttempt number: Int, _ headers: HTTPHeaders? = nil) -> Duration? {
        if number >= attempts { return nil }
        if let wish = headers?.first(name: "retry-after").flatMap(Self.seconds) {
            return wish <= maximumDelay ? wish : nil
        }
        let doubled = firstDelay * (1 << min(number - 1, 16))
        return min(doubled, maximumDelay) * Double.random(in: 1...1.5)
    }

    /// What `retry-after` says: seconds or a date.
    private static func seconds(_ text: String) -> Duration? {
        if let seconds = Int(text) { return seconds >= 0 ? .seconds(min(seconds, 1 << 30)) : nil }
        guard let date = HTTPDate.seconds(text) else { return nil }
        return .seconds(max(0, date - time(nil)))
    }
}

/// Dates as HTTP writes them (RFC 9110, 5.6.7).
enum HTTPDate {
    /// Seconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func seconds(_ text: String) -> Int? {
        let parts = text.split { $0 == " " || $0 == ":" || $0 == "," }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 8, parts[7] == "GMT", let month = months.firstIndex(of: String(parts[2])),
            let day = Int32(parts[1]), let year = Int32(parts[3]), (1970...9999).contains(year),
            let hour = Int32(parts[4]), let minute = Int32(parts[5]), let second = Int32(parts[6]),
            (1...31).contains(day), (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        var time = tm()
        (time.tm_year, time.tm_mon, time.tm_mday) = (year - 1900, Int32(month), day)
        (time.tm_hour, time.tm_min, time.tm_sec) = (hour, minute, second)
        return timegm(&time)
    }
}
