/// Cuts a stream of bytes into lines.
struct LineSplitter: Sendable {
    /// What becomes of a line that is too long.
    enum Excess: Sendable {
        case fails
        case isDropped
    }

    private let limit: Int
    private let excess: Excess
    private var line: [UInt8] = []
    private var lines: [[UInt8]] = []
    private var next = 0
    private var isDropping = false
    /// Whether the last line lacked its end.
    private(set) var isUnfinished = false
    /// Whether a line was too long.
    private(set) var hasFailed = false

    init(limit: Int, excess: Excess) {
        self.limit = limit
        self.excess = excess
    }

    /// The next whole line; nil when more bytes are needed.
    mutating func take() -> [UInt8]? {
        guard next < lines.count else { return nil }
        defer {
            next += 1
            if next == lines.count {
                lines.removeAll(keepingCapacity: true)
                next = 0
            }
        }
        return lines[next]
    }

    mutating func feed(_ bytes: some Collection<UInt8>) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            add(rest[..<end])
            finish()
            rest = rest[rest.index(after: end)...]
        }
        add(rest)
    }

    /// What is behind the last end of a line counts as one when it is not empty.
    mutating func end() {
        isUnfinished = !line.isEmpty
        if isUnfinished { finish() }
    }

    private mutating func add(_ bytes: some Collection<UInt8>) {
        guard !isDropping else { return }
        line += bytes.prefix(limit - line.count)
        if line.count < limit { return }
        switch excess {
        case .fails: hasFailed = true
        case .isDropped: line += " …".utf8
        }
        isDropping = true
    }

    private mutating func finish() {
        lines.append(line)
        line = []
        isDropping = false
    }
}
