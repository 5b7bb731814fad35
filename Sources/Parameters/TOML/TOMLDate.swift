/// A date, a time or both.
struct TOMLDate {
    /// The text that Python's `str()` gives.
    let pythonText: String

    init?(_ text: String) {
        let bytes = Array(text.utf8)
        if let date = Self.date(bytes[...]) {
            guard bytes.count > 10 else {
                pythonText = date
                return
            }
            guard [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(bytes[10]) else { return nil }
            let (clock, zone) = Self.splitZone(bytes[11...])
            guard let time = Self.time(clock), let offset = Self.zone(zone) else { return nil }
            pythonText = "\(date) \(time)\(offset)"
        } else {
            guard let time = Self.time(bytes[...]) else { return nil }
            pythonText = time
        }
    }

    static func isDate(_ text: String) -> Bool {
        text.utf8.count == 10 && date(Array(text.utf8)[...]) != nil
    }

    private static func date(_ bytes: ArraySlice<UInt8>) -> String? {
        let text = bytes.prefix(10)
        guard text.count == 10, let year = number(text, 0, 4), let month = number(text, 5, 2),
            let day = number(text, 8, 2),
            text[text.startIndex + 4] == UInt8(ascii: "-"), text[text.startIndex + 7] == UInt8(ascii: "-"),
            year > 0, (1...12).contains(month), (1...days(month, year)).contains(day)
        else { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    private static func days(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Python keeps microseconds and drops what is smaller.
    private static func time(_ bytes: ArraySlice<UInt8>) -> String? {
        let start = bytes.startIndex
        guard bytes.count >= 8, bytes[start + 2] == UInt8(ascii: ":"), bytes[start + 5] == UInt8(ascii: ":"),
            let hour = number(bytes, 0, 2), let minute = number(bytes, 3, 2), let second = number(bytes, 6, 2),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let clock = String(decoding: bytes.prefix(8), as: UTF8.self)
        let rest = bytes.dropFirst(8)
        guard !rest.isEmpty else { return clock }
        let fraction = rest.dropFirst()
        guard rest.first == UInt8(ascii: "."), !fraction.isEmpty, fraction.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        let micro = Array(fraction.prefix(6)) + Array(repeating: 48, count: max(0, 6 - fraction.count))
        return micro.allSatisfy { $0 == 48 } ? clock : clock + "." + String(decoding: micro, as: UTF8.self)
    }

    private static func splitZone(_ bytes: ArraySlice<UInt8>) -> (clock: ArraySlice<UInt8>, zone: ArraySlice<UInt8>) {
        let marks = [UInt8(ascii: "Z"), UInt8(ascii: "z"), UInt8(ascii: "+"), UInt8(ascii: "-")]
        let split = bytes.firstIndex { marks.contains($0) } ?? bytes.endIndex
        return (bytes[..<split], bytes[split...])
    }

    private static func zone(_ bytes: ArraySlice<UInt8>) -> String? {
        switch bytes.count {
        case 0: return ""
        case 1: return "+00:00"
        case 6:
            guard bytes[bytes.startIndex + 3] == UInt8(ascii: ":"), let hours = number(bytes, 1, 2),
                let minutes = number(bytes, 4, 2), hours < 24, minutes < 60
            else { return nil }
            return hours == 0 && minutes == 0 ? "+00:00" : String(decoding: bytes, as: UTF8.self)
        default: return nil
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>, _ offset: Int, _ count: Int) -> Int? {
        let digits = bytes.dropFirst(offset).prefix(count)
        guard digits.count == count, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    }
}
