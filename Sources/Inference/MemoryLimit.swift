/// How much memory this process may use.
package enum MemoryLimit {
    /// The bytes that its container may have; nil where nothing says so.
    package static var current: Int? { read() }

    /// Reads what the kernel tells below `root`, of control groups of version 2 and 1.
    static func read(root: String = "/") -> Int? {
        let folders = ControlGroups.folders("memory", root: root)
        let files = folders.unified.map { $0 + "memory.max" } + folders.separate.map { $0 + "memory.limit_in_bytes" }
        // Version 2 says `max` where there is no limit, version 1 a number close to the greatest.
        return files.compactMap { file in Int(ControlGroups.text(file).prefix { $0 != "\n" }) }
            .filter { $0 > 0 && $0 < 1 << 60 }.min()
    }
}
