/// A file of comma-separated values (RFC 4180) with a header.
struct CommaTable {
    let headers: [String]
    let rows: [[String]]

    init(_ bytes: [UInt8]) throws(InputFileError) {
        var rows: [[String]] = []
        var row: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var isEmpty = true
        var place = bytes.startIndex
        func end(_ field: inout [UInt8], _ row: inout [String]) {
            row.append(String(decoding: field, as: UTF8.self))
            field.removeAll(keepingCapacity: true)
        }
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if isQuoted {
                if byte != UInt8(ascii: "\"") {
                    field.append(byte)
                } else if place < bytes.count, bytes[place] == byte {
                    field.append(byte)
                    place += 1
                } else {
                    isQuoted = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isQuoted = true
            case UInt8(ascii: ","): end(&field, &row)
            case UInt8(ascii: "\n"):
                if !isEmpty {
                    end(&field, &row)
                    rows.append(row)
                    row = []
                }
                isEmpty = true
                continue
            case UInt8(ascii: "\r"): continue
            default: field.append(byte)
            }
            isEmpty = false
        }
        if isQuoted { throw InputFileError("a quoted field does not end") }
        if !isEmpty {
            end(&field, &row)
            rows.append(row)
        }
        guard let headers = rows.first, rows.count > 1 else { throw InputFileError("it has no rows below its header") }
        if let index = rows.firstIndex(where: { $0.count != headers.count }) {
            throw InputFileError("row \(index + 1) has \(rows[index].count) fields, the header \(headers.count)")
        }
        self.headers = headers
        self.rows = Array(rows.dropFirst())
    }
}
