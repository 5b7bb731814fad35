/// Reads dates and times as YAML writes them.
struct YAMLTimestamp {
    private var text: Slice<UnsafeBufferPointer<UInt8>>
    private var year = 0
    private var month = 0
    private var day = 0
    private var time: (hour: Int, minute: Int, second: Int)?
    private var microsecond = 0
    private var roundsUp = false
    private var offset: String?

    private init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        text = bytes[...]
        guard bytes.count >= 8, bytes[0].isDigit, bytes[4] == UInt8(ascii: "-") else { return nil }
        guard let year = number(4, 4), take("-"), let month = number(1, 2), take("-"), let day = number(1, 2) else {
            return nil
        }
        (self.year, self.month, self.day) = (year, month, day)
        if text.isEmpty {
            guard bytes.count == 10 else { return nil }
            return
        }
        guard readTime(), readFraction(), readOffset(), text.isEmpty else { return nil }
    }

    static func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        YAMLTimestamp(text) != nil
    }

    /// Gives what Python's `str` gives for the date or time; nil when there is no such day, hour or offset.
    static func pythonText(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        guard var stamp = YAMLTimestamp(text), stamp.isValid else { return nil }
        if stamp.roundsUp { stamp.addSecond() }
        guard stamp.year <= 9999, stamp.offset != "" else { return nil }
        var result = pad(stamp.year, 4) + "-" + pad(stamp.month, 2) + "-" + pad(stamp.day, 2)
        guard let time = stamp.time else { return result }
        result += " " + pad(time.hour, 2) + ":" + pad(time.minute, 2) + ":" + pad(time.second, 2)
        if stamp.microsecond > 0 { result += "." + pad(stamp.microsecond, 6) }
        return result + (stamp.offset ?? "")
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let first = text.first, UInt32(first) == character.value else { return false }
        text = text.dropFirst()
        return true
    }

    private mutating func number(_ least: Int, _ most: Int) -> Int? {
        let digits = text.prefix(most).prefix(while: \.isDigit)
        guard digits.count >= least else { return nil }
        text = text.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private mutating func readTime() -> Bool {
        if !take("T"), !take("t") {
            let rest = text.drop { $0 == 0x20 || $0 == 0x09 }
            guard rest.count < text.count else { return false }
            text = rest
        }
        guard let hour = number(1, 2), take(":"), let minute = number(2, 2), take(":"), let second = number(2, 2)
        else { return false }
        time = (hour, minute, second)
        return true
    }

    private mutating func readFraction() -> Bool {
        guard take(".") else { return true }
        let digits = text.prefix(while: \.isDigit)
        text = text.dropFirst(digits.count)
        for index in 0..<6 {
            let digit = digits.dropFirst(index).first ?? UInt8(ascii: "0")
            microsecond = microsecond * 10 + Int(digit - UInt8(ascii: "0"))
        }
        if let next = digits.dropFirst(6).first, next > UInt8(ascii: "4") { microsecond += 1 }
        if microsecond > 999_999 {
            microsecond = 0
            roundsUp = true
        }
        return true
    }

    /// Reads `Z` or `+01:30`; an offset of a day or more becomes the empty text.
    private mutating func readOffset() -> Bool {
        if text.isEmpty { return true }
        text = text.drop { $0 == 0x20 || $0 == 0x09 }
        if take("Z") {
            offset = "+00:00"
            return true
        }
        let isNegative = take("-")
        guard isNegative || take("+"), let hours = number(1, 2) else { return false }
        var minutes = 0
        if take(":") {
            guard let number = number(2, 2) else { return false }
            minutes = number
        }
        let total = hours * 60 + minutes
        let sign = isNegative && total > 0 ? "-" : "+"
        offset = total < 24 * 60 ? sign + Self.pad(total / 60, 2) + ":" + Self.pad(total % 60, 2) : ""
        return true
    }

    private var isValid: Bool {
        guard year >= 1, (1...12).contains(month), day >= 1, day <= daysInMonth else { return false }
        guard let time else { return true }
        return time.hour < 24 && time.minute < 60 && time.second < 60
    }

    private var daysInMonth: Int {
        let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
        return switch month {
        case 2: isLeap ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private mutating func addSecond() {
        guard var (hour, minute, second) = time else { return }
        second += 1
        minute += second / 60
        hour += minute / 60
        day += hour / 24
        time = (hour % 24, minute % 60, second % 60)
        guard day > daysInMonth else { return }
        day = 1
        month += 1
        guard month > 12 else { return }
        month = 1
        year += 1
    }
}
