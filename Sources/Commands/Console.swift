import Glibc

/// Standard output for data, standard error for talk.
enum Console {
    static func write(_ text: String) { put(text, 1) }

    static func note(_ line: String) { put(line + "\n", 2) }

    private static func put(_ text: String, _ descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var offset = 0
            while offset < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
                if count > 0 {
                    offset += count
                } else if errno == EPIPE {
                    // Nobody reads any more; where the signal is ignored, this is the place to end.
                    Glibc.exit(141)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }

    /// Asks whoever feeds standard input; no, when nobody answers.
    static func ask(_ question: String) -> Bool {
        put(question + " [y/n]: ", 1)
        while let answer = readLine()?.lowercased() {
            if ["y", "yes"].contains(answer) { return true }
            if ["n", "no"].contains(answer) { return false }
            put("Please answer yes or no: ", 2)
        }
        return false
    }

    /// Asks on the terminal; no, where there is none.
    static func confirm(_ question: String) -> Bool {
        if isatty(0) == 0 { return false }
        put(question + " [y/n]: ", 2)
        return readLine().map { ["y", "yes"].contains($0.lowercased()) } ?? false
    }
}
