/// The parts of a `multipart/form-data` body (RFC 7578).
struct MultipartForm {
    struct Part {
        let name: String
        let fileName: String?
        let contentType: String
        let bytes: Range<Int>
    }

    /// More parts than any form has.
    static let maximumParts = 1024

    let parts: [Part]

    init(_ body: UnsafeRawBufferPointer, contentType: String) throws(HTTPFailure) {
        guard let boundary = Self.parameter("boundary", of: contentType), !boundary.isEmpty, boundary.utf8.count <= 70
        else { throw HTTPFailure(400, "multipart/form-data needs a boundary") }
        let delimiter = Array("--\(boundary)".utf8)
        var parts: [Part] = []
        guard var place = Self.find(delimiter, in: body, from: 0) else {
            throw HTTPFailure(400, "the form does not have its boundary")
        }
        while true {
            place += delimiter.count
            if body.count - place >= 2, body[place] == UInt8(ascii: "-"), body[place + 1] == UInt8(ascii: "-") { break }
            while place < body.count, body[place] == 0x20 || body[place] == 0x09 { place += 1 }
            guard body.count - place >= 2, body[place] == 0x0D, body[place + 1] == 0x0A else {
                throw HTTPFailure(400, "a boundary of the form is not followed by a line's end")
            }
            place += 2
            // The delimiter of the next part has a line's end before it.
            guard let next = Self.find([0x0D, 0x0A] + delimiter, in: body, from: max(0, place - 2)) else {
                throw HTTPFailure(400, "the form ends in the middle of a part")
            }
            guard parts.count < Self.maximumParts else { throw HTTPFailure(400, "the form has too many parts") }
            parts.append(try Self.part(body, place..<max(place, next)))
            place = next + 2
        }
        self.parts = parts
    }

    private static func part(_ body: UnsafeRawBufferPointer, _ range: Range<Int>) throws(HTTPFailure) -> Part {
        let part = UnsafeRawBufferPointer(rebasing: body[range])
        let end: Int
        if part.count >= 2, part[0] == 0x0D, part[1] == 0x0A {
            end = -2
        } else if let found = find([0x0D, 0x0A, 0x0D, 0x0A], in: part, from: 0), found <= 16_384 {
            end = found
        } else {
            throw HTTPFailure(400, "a part of the form has no end of its header")
        }
        var name: String?
        var fileName: String?
        var contentType = ""
        let lines = String(decoding: part[..<max(0, end)], as: UTF8.self).split(separator: "\r\n")
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = String(line[line.index(after: colon)...].drop { $0 == " " })
            switch line[..<colon].lowercased() {
            case "content-disposition":
                name = parameter("name", of: value)
                fileName = parameter("filename", of: value)
            case "content-type": contentType = value.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
            default: break
            }
        }
        guard let name else { throw HTTPFailure(400, "a part of the form has no name") }
        return Part(
            name: name,
            fileName: fileName,
            contentType: contentType,
            bytes: (range.lowerBound + end + 4)..<range.upperBound
        )
    }

    /// A parameter of a header's value, such as `name` of `form-data; name="image"`.
    static func parameter(_ wanted: String, of value: String) -> String? {
        var rest = value[...]
        guard let first = rest.firstIndex(of: ";") else { return nil }
        rest = rest[rest.index(after: first)...]
        while true {
            rest = rest.drop { $0 == " " || $0 == ";" || $0 == "\t" }
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let name = rest[..<equals].lowercased()
            rest = rest[rest.index(after: equals)...]
            var text = ""
            if rest.first == "\"" {
                rest.removeFirst()
                while let character = rest.popFirst(), character != "\"" {
                    if character == "\\", let next = rest.popFirst() {
                        text.append(next)
                    } else {
                        text.append(character)
                    }
                }
            } else {
                text = String(rest.prefix { $0 != ";" && $0 != " " })
                rest = rest.drop { $0 != ";" }
            }
            if name == wanted { return text }
        }
    }

    private static func find(_ wanted: [UInt8], in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
        var place = start
        let last = bytes.count - wanted.count
        while place <= last {
            if bytes[place] == first, bytes[place..<(place + wanted.count)].elementsEqual(wanted) { return place }
            place += 1
        }
        return nil
    }
}
